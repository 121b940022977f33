package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.S3Error;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The request headers of the S3 API that ask for what RustStack has not. They are refused by name; only the values
 * that ask for what S3 does anyway pass. Headers that S3 does not know are ignored, as S3 does, and so are those that
 * change nothing here: those of encryption where an operation does not read them, {@code x-amz-request-payer}, {@code x-amz-mfa},
 * {@code x-amz-bucket-object-lock-token} and {@code x-amz-optional-object-attributes}.
 */
final class UnsupportedHeaders {
    private static final String PREFIX = "x-amz-";

    private static final Set<String> REFUSED = Set.of(
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp",
            "x-amz-if-match-last-modified-time",
            "x-amz-if-match-size",
            "x-amz-write-offset-bytes");

    private UnsupportedHeaders() {}

    /** Whether it is a header that names an ACL. */
    static boolean namesAcl(String lowerName) {
        return lowerName.equals("x-amz-acl") || lowerName.startsWith("x-amz-grant-");
    }

    /** Throws {@link S3Error#NOT_IMPLEMENTED} naming the first such header. */
    static void refuse(Headers headers) {
        refuse(headers, name -> false);
    }

    /** As the other; {@code honoured} are, in lower case, the headers that the operation reads. */
    static void refuse(Headers headers, Predicate<String> honoured) {
        for (var field : headers) {
            if (!field.name().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                continue;
            }
            var name = field.name().toLowerCase(Locale.ROOT);
            var refusal = honoured.test(name) ? null : refusal(name, field.value());
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    private static @Nullable AwsException refusal(String name, String value) {
        return switch (name) {
            case "x-amz-acl" -> unless(value.equals("private") || value.equals("bucket-owner-full-control"), name);
            case "x-amz-object-ownership" -> unless(value.equals("BucketOwnerEnforced"), name);
            case "x-amz-bucket-namespace" -> unless(value.equals("global"), name);
            case "x-amz-object-annotation-directive" -> unless(value.equals("COPY"), name);
            default -> unless(!REFUSED.contains(name), name);
        };
    }

    private static @Nullable AwsException unless(boolean safe, String name) {
        return safe ? null : S3Error.unsupportedHeader(name);
    }
}
