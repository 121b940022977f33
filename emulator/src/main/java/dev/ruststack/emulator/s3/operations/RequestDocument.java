package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.DeclaredDigests;
import dev.ruststack.emulator.s3.RunningChecksum;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.S3Protocol;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads XML bodies of which the client sends a digest: nothing is parsed before the digest holds. */
final class RequestDocument {
    private RequestDocument() {}

    /** Reads a document that must come with Content-MD5 or a checksum; throws {@link S3Error#MALFORMED_XML}. */
    static <T extends Record> T readVouched(Call call, Class<T> shape) throws IOException {
        var declared = DeclaredDigests.of(call.request().headers());
        if (!declared.any()) {
            throw S3Error.INVALID_REQUEST.saying(
                    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
        return required(read(call, declared, shape));
    }

    /** Reads a document whose digests, where there are any, must hold. */
    static <T extends Record> T readRequired(Call call, Class<T> shape) throws IOException {
        return required(readOptional(call, shape));
    }

    private static <T> T required(@Nullable T document) {
        if (document == null) {
            throw S3Error.MISSING_REQUEST_BODY.error();
        }
        return document;
    }

    /** Reads a document that may be left out: null where the body is empty. */
    static <T extends Record> @Nullable T readOptional(Call call, Class<T> shape) throws IOException {
        return read(call, DeclaredDigests.of(call.request().headers()), shape);
    }

    /** Reads a document whose digest headers, but for Content-MD5, are about something else; null where it is empty. */
    static <T extends Record> @Nullable T readPlain(Call call, Class<T> shape) throws IOException {
        var md5 = DeclaredDigests.ofMd5(call.request().headers());
        return read(call, md5, shape);
    }

    /** The body as it is; the digests that come with it must hold. */
    static byte[] bytes(Call call) throws IOException {
        return bytes(call, DeclaredDigests.of(call.request().headers()));
    }

    private static <T extends Record> @Nullable T read(Call call, DeclaredDigests declared, Class<T> shape)
            throws IOException {
        var bytes = bytes(call, declared);
        return bytes.length == 0 ? null : S3Protocol.parse(bytes, shape);
    }

    private static byte[] bytes(Call call, DeclaredDigests declared) throws IOException {
        var payload = call.payload();
        var bytes = payload.bytes(S3Protocol.MAX_DOCUMENT_BYTES, S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.error());
        var md5 = RunningChecksum.digest("MD5");
        md5.update(bytes, 0, bytes.length);
        var algorithm = declared.algorithmOrDefault();
        var checksum = algorithm.start();
        checksum.update(bytes, 0, bytes.length);
        declared.verify(md5.value(), Checksum.fullObject(algorithm, checksum.value()), payload.trailers());
        return bytes;
    }
}
