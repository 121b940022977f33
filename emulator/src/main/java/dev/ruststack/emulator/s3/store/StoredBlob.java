package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;

/**
 * Bytes that were taken in, with what was computed of them on the way.
 *
 * @param md5 16 bytes
 */
public record StoredBlob(Blob blob, byte[] md5, Checksum checksum) {}
