package dev.ruststack.emulator.s3;

/** Whether a version is held, without an end. AWS: S3 API Reference, ObjectLockLegalHold. */
public enum LegalHold {
    ON,
    OFF
}
