package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Encryption;
import dev.ruststack.emulator.s3.LegalHold;
import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.StorageClass;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.configuration.AccessControlPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one version beside its bytes and its metadata: its id, and what may change while it is there. Versions
 * that have nothing of the kind share one instance.
 *
 * @param versionId {@link Version#NULL_ID} where versioning was not enabled
 * @param legalHold null where it was never set
 * @param acl null where the owner alone may anything
 * @param encryption null where it is S3's own, as of most
 * @param movedTo the storage class that a lifecycle rule brought it to; null for the one that it was made in
 */
public record Attachments(
        String versionId,
        List<Tag> tags,
        @Nullable Retention retention,
        @Nullable LegalHold legalHold,
        @Nullable AccessControlPolicy acl,
        @Nullable Encryption encryption,
        @Nullable StorageClass movedTo) {
    /** Those of a version that was made while versioning was not enabled, without tags and without a lock. */
    public static final Attachments NONE = new Attachments(Version.NULL_ID, List.of(), null, null, null, null, null);

    public Attachments {
        tags = List.copyOf(tags);
    }

    /** The same with another id. */
    Attachments withVersionId(String id) {
        return id.equals(versionId) ? this : new Attachments(id, tags, retention, legalHold, acl, encryption, movedTo);
    }

    /** The same with other tags. */
    public Attachments withTags(List<Tag> others) {
        return new Attachments(versionId, others, retention, legalHold, acl, encryption, movedTo);
    }

    /** The same with another retention. */
    public Attachments withRetention(@Nullable Retention other) {
        return new Attachments(versionId, tags, other, legalHold, acl, encryption, movedTo);
    }

    /** The same with another legal hold. */
    public Attachments withLegalHold(@Nullable LegalHold other) {
        return new Attachments(versionId, tags, retention, other, acl, encryption, movedTo);
    }

    /** The same with another ACL. */
    public Attachments withAcl(@Nullable AccessControlPolicy other) {
        return new Attachments(versionId, tags, retention, legalHold, other, encryption, movedTo);
    }

    /** The same with another encryption. */
    public Attachments withEncryption(@Nullable Encryption other) {
        return new Attachments(versionId, tags, retention, legalHold, acl, other, movedTo);
    }

    /** The same in another storage class. */
    public Attachments withMovedTo(StorageClass other) {
        return new Attachments(versionId, tags, retention, legalHold, acl, encryption, other);
    }
}
