package dev.ruststack.emulator.s3;

/** What becomes of older versions. AWS: S3 User Guide, Retaining multiple versions of objects with S3 Versioning. */
public enum Versioning {
    /** Never enabled: a key has one version, the null version. */
    UNVERSIONED,
    /** Each write makes a version of its own. */
    ENABLED,
    /** Versions stay; a write makes, or replaces, the null version. */
    SUSPENDED
}
