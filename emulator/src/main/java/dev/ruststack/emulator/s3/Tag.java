package dev.ruststack.emulator.s3;

/** A tag of an object. AWS: S3 API Reference, Tag. */
public record Tag(String key, String value) {
    public Tag {
        if (key == null || value == null) {
            throw S3Error.MALFORMED_XML.error();
        }
    }
}
