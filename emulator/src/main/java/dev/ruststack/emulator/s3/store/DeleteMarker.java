package dev.ruststack.emulator.s3.store;

import java.time.Instant;

/** Stands where an object was deleted whose older versions stay. AWS: S3 User Guide, Working with delete markers. */
public record DeleteMarker(String id, Instant lastModified) implements Version {}
