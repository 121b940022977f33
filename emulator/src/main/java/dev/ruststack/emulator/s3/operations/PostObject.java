package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.FormSignature;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationModel;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpResponseCode;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.DeclaredDigests;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.S3Protocol;
import dev.ruststack.emulator.s3.WriteCondition;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import dev.ruststack.emulator.s3.store.Attachments;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds an object from a browser's form; its fields stand for the headers of PutObject. AWS: S3 API Reference, POST
 * Object.
 */
public final class PostObject implements Operation<PostObject.Input, PostObject.Output> {
    private final Access access;
    private final ObjectWriter writer;
    private final Function<FormSignature, Identity> signatures;
    private final Clock clock;

    /** The request; its body is the form. */
    public record Input(
            @HttpLabel String bucket,
            @HttpHeader("Content-Type") @Nullable String contentType,
            @HttpPayload Payload form) {}

    /** The answer: empty, or a document, or a redirect, as the form says. */
    public record Output(
            @HttpResponseCode int status,
            @HttpHeader("Location") String location,
            @HttpHeader("ETag") String eTag,
            @HttpHeader("x-amz-version-id") @Nullable String versionId,
            @HttpHeaderGroup EncryptionAnswer encryption,
            @HttpHeaderGroup EncryptionAnswer.@Nullable OfCustomer customerKey,
            @HttpHeader("x-amz-expiration") @Nullable String expiration,
            @HttpPayload @Nullable PostResponse response) {}

    /** The document. */
    public record PostResponse(String location, String bucket, String key, String eTag) {}

    /** @param signatures verifies the signature of a form and tells whose it is; throws where it does not hold */
    public PostObject(Access access, ObjectWriter writer, Function<FormSignature, Identity> signatures, Clock clock) {
        this.access = access;
        this.writer = writer;
        this.signatures = signatures;
        this.clock = clock;
    }

    @Override
    public OperationModel<Input> model() {
        return new OperationModel<>("POST /{Bucket}", "", 204, Input.class, Output.class);
    }

    /** A file as a payload. */
    private record FilePayload(InputStream stream) implements Payload {
        @Override
        public long length() {
            return -1;
        }

        @Override
        public Map<String, String> trailers() {
            return Map.of();
        }
    }

    @Override
    public Output handle(Input input, Call call) throws IOException {
        var type = input.contentType() == null ? "" : input.contentType();
        var form = MultipartForm.read(type, input.form().stream());
        var key = key(form);
        var policy = policy(form);
        var identity = policy == null ? call.identity() : signatures.apply(signature(form));
        var headers = headers(form);
        var posted = new Call(
                call.requestId(),
                call.operation(),
                call.request().withHeaders(headers),
                identity,
                new FilePayload(form.file()));
        var bucket = access.bucket(input.bucket(), key, null, posted);
        var tags = tagged(headers.first("tagging")).tags();
        if (!access.rules().permits(bucket, key, "s3:PutObject", posted, tags)) {
            throw S3Error.ACCESS_DENIED.error();
        }
        if (policy != null) {
            policy.check(form.fields(), bucket.name(), clock.instant());
        }
        var version = write(bucket, key, posted, policy);
        access.notifications().created(bucket, key, version, posted);
        return new PostAnswer(form, call, CustomerKeyHeaders.of(headers), LifecycleRules.header(bucket, key, version))
                .to(key, version);
    }

    private ObjectVersion write(Bucket bucket, String key, Call posted, @Nullable PostPolicy policy)
            throws IOException {
        var headers = posted.request().headers();
        var metadata = new SystemHeaders(
                        headers.first("content-type"),
                        headers.first("cache-control"),
                        headers.first("content-disposition"),
                        headers.first("content-encoding"),
                        headers.first("content-language"),
                        headers.first("expires"),
                        headers.first("x-amz-website-redirect-location"))
                .metadata(headers.first("x-amz-storage-class"), headers.withPrefix(UserMetadata.PREFIX));
        var asked = new ObjectEncryption.Asked(EncryptionHeaders.of(headers), CustomerKeyHeaders.of(headers));
        var attachments = tagged(headers.first("tagging"))
                .withAcl(access.acl(bucket, posted))
                .withEncryption(ObjectEncryption.chosen(asked, bucket, key, posted));
        var target = new ObjectWriter.Target(bucket, key, new WriteCondition.None(), attachments);
        long least = policy == null ? 0 : policy.least();
        long most = policy == null ? PostPolicy.MOST : policy.most();
        var file = new FilePayload(new RangedStream(posted.payload().stream(), least, most));
        return writer.write(target, file, DeclaredDigests.of(headers), metadata);
    }

    private static Attachments tagged(@Nullable String document) {
        if (document == null) {
            return Attachments.NONE;
        }
        var tags = S3Protocol.parse(document.getBytes(StandardCharsets.UTF_8), BucketTagging.class)
                .tagSet();
        return Attachments.NONE.withTags(ObjectTags.checked(tags));
    }

    private static String key(MultipartForm form) {
        var key = form.fields().get("key");
        if (key == null) {
            throw S3Error.INVALID_ARGUMENT
                    .saying("Bucket POST must contain a field named 'key'.  If it is specified, please check the order"
                            + " of the fields.")
                    .with("ArgumentName", "key")
                    .with("ArgumentValue", "");
        }
        var whole = key.replace("${filename}", form.fileName());
        if (whole.isEmpty()) {
            throw S3Error.INVALID_ARGUMENT
                    .saying("User key must have a length greater than 0.")
                    .with("ArgumentName", "key")
                    .with("ArgumentValue", "");
        }
        return whole;
    }

    private static @Nullable PostPolicy policy(MultipartForm form) {
        var encoded = form.fields().get("policy");
        return encoded == null ? null : PostPolicy.parse(encoded);
    }

    private static FormSignature signature(MultipartForm form) {
        var fields = form.fields();
        var policy = required(form, "policy");
        if (fields.containsKey("awsaccesskeyid")) {
            return new FormSignature(policy, required(form, "awsaccesskeyid"), required(form, "signature"), null);
        }
        var algorithm = required(form, "X-Amz-Algorithm");
        if (!algorithm.equals("AWS4-HMAC-SHA256")) {
            throw S3Error.invalidArgument(
                    "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", "X-Amz-Algorithm", algorithm);
        }
        return new FormSignature(
                policy,
                required(form, "X-Amz-Credential"),
                required(form, "X-Amz-Signature"),
                required(form, "X-Amz-Date"));
    }

    private static String required(MultipartForm form, String name) {
        var value = form.fields().get(name.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw S3Error.INVALID_ARGUMENT
                    .saying("Bucket POST must contain a field named '" + name
                            + "'.  If it is specified, please check the order of the fields.")
                    .with("ArgumentName", name)
                    .with("ArgumentValue", "");
        }
        return value;
    }

    /** The fields as the headers that they stand for. */
    private static Headers headers(MultipartForm form) {
        var headers = Headers.builder();
        form.fields().forEach((field, value) -> {
            var name = field.equals("acl") ? "x-amz-acl" : field;
            if (!isHeader(name)) {
                return;
            }
            if (!name.equals("tagging") && !Headers.isSendable(name, value)) {
                throw S3Error.invalidArgument("The form's field is no header that could be sent.", name, value);
            }
            headers.add(name, value);
        });
        return headers.build();
    }

    private static boolean isHeader(String name) {
        return switch (name) {
            case "cache-control",
                    "content-type",
                    "content-disposition",
                    "content-encoding",
                    "content-language",
                    "content-md5",
                    "expires",
                    "tagging" -> true;
            case "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature", "x-amz-security-token" ->
                false;
            default -> name.startsWith("x-amz-");
        };
    }
}
