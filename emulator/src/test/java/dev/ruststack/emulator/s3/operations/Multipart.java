package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Fixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** One multipart upload of a test. */
final class Multipart {
    static final int LEAST = 5 << 20;

    private final S3Fixture s3;
    private final String bucket;
    private final String key;
    private final String id;
    private final @Nullable ChecksumAlgorithm algorithm;
    private final List<CompletedPart> parts = new ArrayList<>();

    private Multipart(S3Fixture s3, CreateMultipartUploadRequest request) {
        this.s3 = s3;
        this.bucket = request.bucket();
        this.key = request.key();
        this.id = s3.client().createMultipartUpload(request).uploadId();
        this.algorithm = request.checksumAlgorithm();
    }

    static Multipart begin(
            S3Fixture s3, String bucket, String key, Consumer<CreateMultipartUploadRequest.Builder> change) {
        var request = CreateMultipartUploadRequest.builder().bucket(bucket).key(key);
        change.accept(request);
        return new Multipart(s3, request.build());
    }

    static Multipart begin(S3Fixture s3, String bucket, String key) {
        return begin(s3, bucket, key, r -> {});
    }

    static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    String id() {
        return id;
    }

    List<CompletedPart> parts() {
        return parts;
    }

    Multipart part(int number, byte[] content) {
        var done = s3.client()
                .uploadPart(
                        r -> r.bucket(bucket)
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .checksumAlgorithm(algorithm),
                        RequestBody.fromBytes(content));
        parts.removeIf(part -> part.partNumber() == number);
        parts.add(CompletedPart.builder()
                .partNumber(number)
                .eTag(done.eTag())
                .checksumCRC32(done.checksumCRC32())
                .checksumCRC32C(done.checksumCRC32C())
                .checksumCRC64NVME(done.checksumCRC64NVME())
                .checksumSHA1(done.checksumSHA1())
                .checksumSHA256(done.checksumSHA256())
                .build());
        return this;
    }

    CompleteMultipartUploadResponse complete() {
        return complete(r -> {});
    }

    CompleteMultipartUploadResponse complete(Consumer<CompleteMultipartUploadRequest.Builder> change) {
        return s3.client()
                .completeMultipartUpload(r -> r.bucket(bucket)
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(m -> m.parts(parts))
                        .applyMutation(change));
    }

    void abort() {
        s3.client().abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(id));
    }
}
