package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.Encryption;
import dev.ruststack.emulator.s3.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** How a new object is to be encrypted. AWS: S3 API Reference, PutObject. */
public record EncryptionHeaders(
        @HttpHeader(METHOD) @Nullable String method,
        @HttpHeader(KEY_ID) @Nullable String keyId,
        @HttpHeader(CONTEXT) @Nullable String context,
        @HttpHeader(BUCKET_KEY) @Nullable Boolean bucketKeyEnabled) {
    /** Also how the names of the others, and of {@link CustomerKeyHeaders}, start. */
    static final String METHOD = "x-amz-server-side-encryption";

    static final String KEY_ID = METHOD + "-aws-kms-key-id";
    static final String CONTEXT = METHOD + "-context";
    static final String BUCKET_KEY = METHOD + "-bucket-key-enabled";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Those of a request; null where it has none. */
    static @Nullable EncryptionHeaders of(Headers headers) {
        var bucketKey = headers.first(BUCKET_KEY);
        var found = new EncryptionHeaders(
                headers.first(METHOD),
                headers.first(KEY_ID),
                headers.first(CONTEXT),
                bucketKey == null ? null : bucketKey.strip().equalsIgnoreCase("true"));
        boolean any =
                found.method != null || found.keyId != null || found.context != null || found.bucketKeyEnabled != null;
        return any ? found : null;
    }

    /** Refuses what an operation does not take that reads an object, or adds a part to one. AWS: S3 API Reference, GetObject. */
    static void refuse(Headers headers) {
        var method = headers.first(METHOD);
        if (method != null) {
            throw S3Error.invalidArgument(METHOD + " header is not supported for this operation.", METHOD, method);
        }
    }

    /** What method is asked for: null for S3's own, also where none is. */
    Encryption.@Nullable Method parsedMethod() {
        var parsed = switch (method) {
            case null -> null;
            case "AES256" -> null;
            case "aws:kms" -> Encryption.Method.KMS;
            case "aws:kms:dsse" -> Encryption.Method.DSSE;
            case "aws:fsx", "aws:backup" -> throw S3Error.unsupportedHeader(METHOD);
            default ->
                throw S3Error.invalidArgument("The encryption method specified is not supported", METHOD, method);
        };
        if (parsed == null && (keyId != null || context != null)) {
            throw S3Error.invalidArgument(
                    "Server Side Encryption with AWS KMS managed key requires HTTP header " + METHOD + " : aws:kms",
                    METHOD,
                    String.valueOf(method));
        }
        return parsed;
    }

    /** The context as it was sent; refused where it is none. */
    @Nullable
    String checkedContext() {
        if (context != null && !isStringMap(context)) {
            throw S3Error.invalidArgument(
                    "The header '" + CONTEXT + "' shall be Base64-encoded UTF-8 string holding JSON which represents a "
                            + "string-string map",
                    CONTEXT,
                    context);
        }
        return context;
    }

    private static boolean isStringMap(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            var tree = JSON.readTree(text.toString());
            return tree.isObject() && tree.values().stream().allMatch(value -> value.isString());
        } catch (IllegalArgumentException | CharacterCodingException | JacksonException e) {
            return false;
        }
    }
}
