package dev.ruststack.emulator.s3.store;

/**
 * Which objects to list. AWS: S3 User Guide, Organizing objects using prefixes.
 *
 * @param prefix only keys that start so
 * @param delimiter keys that have this after the prefix are rolled up into one common prefix; empty for none
 * @param after only keys, and common prefixes, after this one; empty for all
 * @param limit the greatest number of keys and common prefixes together
 */
public record ListingRequest(String prefix, String delimiter, String after, int limit) {}
