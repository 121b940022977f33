package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.VersionIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes up to 1,000 objects, each by itself. AWS: S3 API Reference, DeleteObjects. */
@Http("POST /{Bucket}?delete")
public final class DeleteObjects implements Operation<DeleteObjects.Input, DeleteObjects.Output> {
    private static final int MAX_OBJECTS = 1000;

    private final Access access;
    private final ObjectRemover remover;

    /** The request; its body is a {@link Delete}. */
    public record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-bypass-governance-retention") @Nullable
            String bypassGovernanceRetention,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload delete) {}

    /** The document of the request. */
    public record Delete(
            @XmlFlattened @XmlName("Object") @Nullable List<ObjectIdentifier> objects,
            @Nullable Boolean quiet) {}

    /** An object to remove. */
    public record ObjectIdentifier(
            String key,
            @Nullable String versionId,
            @Nullable String eTag,
            @Nullable String lastModifiedTime,
            @Nullable String size) {
        public ObjectIdentifier {
            if (key == null || key.isEmpty()) {
                throw S3Error.MALFORMED_XML.error();
            }
        }
    }

    /** The answer: what was removed, and what could not be. */
    @XmlName("DeleteResult")
    public record Output(
            @XmlFlattened List<Deleted> deleted,
            @XmlFlattened @XmlName("Error") List<Failure> errors) {}

    /** An object that is gone. */
    public record Deleted(
            String key,
            @Nullable String versionId,
            @Nullable Boolean deleteMarker,
            @Nullable String deleteMarkerVersionId) {}

    /** An object that could not be removed. */
    public record Failure(
            String code,
            String message,
            String key,
            @Nullable String versionId) {}

    public DeleteObjects(Access access, ObjectRemover remover) {
        this.access = access;
        this.remover = remover;
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var bucket = access.bucket(input.bucket(), input.expectedBucketOwner(), call);
        boolean bypass = ObjectLock.bypassAsked(call, bucket);
        var request = RequestDocument.readVouched(call, Delete.class);
        var deleted = new ArrayList<Deleted>();
        var failures = new ArrayList<Failure>();
        for (var object : checked(request.objects())) {
            try {
                deleted.add(remove(bucket, object, bypass, call));
            } catch (AwsException e) {
                failures.add(new Failure(e.code().code(), e.text(), object.key(), object.versionId()));
            }
        }
        boolean quiet = Boolean.TRUE.equals(request.quiet());
        return new Output(quiet ? List.of() : deleted, failures);
    }

    private static List<ObjectIdentifier> checked(@Nullable List<ObjectIdentifier> objects) {
        if (objects == null || objects.isEmpty() || objects.size() > MAX_OBJECTS) {
            throw S3Error.MALFORMED_XML.error();
        }
        return objects;
    }

    private Deleted remove(Bucket bucket, ObjectIdentifier object, boolean bypass, Call call) {
        if (object.lastModifiedTime() != null || object.size() != null) {
            throw S3Error.NOT_IMPLEMENTED.error();
        }
        var versionId = object.versionId();
        if (versionId != null && !VersionIds.isPossible(versionId)) {
            throw S3Error.NO_SUCH_VERSION.error();
        }
        var action = versionId == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
        if (!access.rules().permits(bucket, object.key(), action, call)) {
            throw S3Error.ACCESS_DENIED.error();
        }
        var target = new ObjectRemover.Target(
                object.key(), versionId, object.eTag(), access.bypasses(bypass, bucket, object.key(), call));
        var deletion = remover.remove(bucket, target);
        access.notifications().removed(bucket, object.key(), versionId, deletion, call);
        var marker = deletion.marker();
        return new Deleted(object.key(), versionId, marker == null ? null : true, marker == null ? null : marker.id());
    }
}
