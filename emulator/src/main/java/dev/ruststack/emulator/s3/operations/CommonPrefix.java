package dev.ruststack.emulator.s3.operations;

/** What a list shows in place of all keys that start so. AWS: S3 API Reference, CommonPrefix. */
public record CommonPrefix(String prefix) {}
