package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.store.Bucket;

/** Who began an upload: here always the bucket's owner, as its root user. AWS: S3 API Reference, Initiator. */
public record Initiator(@XmlName("ID") String id, String displayName) {
    static Initiator of(Bucket bucket) {
        var arn = "arn:aws:iam::" + bucket.ownerAccountId() + ":root";
        return new Initiator(arn, "root");
    }
}
