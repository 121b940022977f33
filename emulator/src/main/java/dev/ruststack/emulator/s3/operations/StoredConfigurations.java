package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationModel;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.ConfigurationKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that a bucket has several times, by ids: the operations that set one, give one back, remove one and
 * list them.
 *
 * @param names what the operations are called and where they are
 * @param id the id that stands in the document
 * @param taking what is kept of a document that a client sends
 * @param listing the answer of the list
 */
record StoredConfigurations<T extends Record>(
        ConfigurationKind<T> kind,
        Names names,
        Function<T, @Nullable String> id,
        UnaryOperator<T> taking,
        Listing<T> listing) {
    private static final int PAGE = 100;
    private static final int MAX_CONFIGURATIONS = 1000;
    private static final int MAX_ID = 64;

    /**
     * What the operations are called and where they are.
     *
     * @param suffix what stands behind Get, Put and Delete, and with an s behind List: {@code BucketMetricsConfiguration}
     * @param query the sub-resource
     * @param mismatch the error where the document has another id than the query
     */
    record Names(String suffix, String query, S3Error mismatch) {}

    /** How a list is answered. */
    record Listing<T extends Record>(Class<? extends Record> type, Function<Page<T>, Record> answer) {}

    /** A page of the list. */
    record Page<T extends Record>(
            List<T> items,
            boolean truncated,
            @Nullable String token,
            @Nullable String nextToken) {}

    /** The operations. */
    List<Operation<?, ?>> operations(Access access) {
        return List.of(
                new Get<>(this, access), new Put<>(this, access), new Delete<>(this, access), new All<>(this, access));
    }

    private static String template(String method, String query) {
        return method + " /{Bucket}?" + query + "&id";
    }

    /** A request about one. */
    record Input(
            @HttpLabel String bucket,
            @HttpQuery("id") String id,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** A request with a document. */
    record PutInput(
            @HttpLabel String bucket,
            @HttpQuery("id") String id,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload document) {}

    /** A request for the list. */
    record ListInput(
            @HttpLabel String bucket,
            @HttpQuery("continuation-token") @Nullable String continuationToken,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** Gives one back. */
    private record Get<T extends Record>(StoredConfigurations<T> stored, Access access) implements Operation<Input, T> {
        @Override
        public T handle(Input input, Call call) {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            var document = bucket.configurations().get(stored.kind, input.id);
            if (document == null) {
                throw S3Error.NO_SUCH_CONFIGURATION.with("BucketName", bucket.name());
            }
            return document;
        }

        @Override
        public String name() {
            return "Get" + stored.names.suffix;
        }

        @Override
        public OperationModel<Input> model() {
            return new OperationModel<>(template("GET", stored.names.query), "", 200, Input.class, stored.kind.type());
        }
    }

    /** Sets one. */
    private record Put<T extends Record>(StoredConfigurations<T> stored, Access access)
            implements Operation<PutInput, StoredConfiguration.Nothing> {
        @Override
        public StoredConfiguration.Nothing handle(PutInput input, Call call) throws IOException {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            var document = stored.taking.apply(RequestDocument.readRequired(call, stored.kind.type()));
            if (!input.id.equals(stored.id.apply(document))) {
                throw stored.names.mismatch.error();
            }
            if (input.id.isEmpty() || input.id.length() > MAX_ID) {
                throw S3Error.INVALID_CONFIGURATION_ID.error();
            }
            bucket.configurations().change(stored.kind, input.id, current -> {
                if (current == null && bucket.configurations().all(stored.kind).size() >= MAX_CONFIGURATIONS) {
                    throw S3Error.TOO_MANY_CONFIGURATIONS.error();
                }
                return document;
            });
            return new StoredConfiguration.Nothing();
        }

        @Override
        public String name() {
            return "Put" + stored.names.suffix;
        }

        @Override
        public OperationModel<PutInput> model() {
            return new OperationModel<>(
                    template("PUT", stored.names.query), "", 204, PutInput.class, StoredConfiguration.Nothing.class);
        }
    }

    /** Removes one. */
    private record Delete<T extends Record>(StoredConfigurations<T> stored, Access access)
            implements Operation<Input, StoredConfiguration.Nothing> {
        @Override
        public StoredConfiguration.Nothing handle(Input input, Call call) {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            bucket.configurations().change(stored.kind, input.id, current -> {
                if (current == null) {
                    throw S3Error.NO_SUCH_CONFIGURATION.with("BucketName", bucket.name());
                }
                return null;
            });
            return new StoredConfiguration.Nothing();
        }

        @Override
        public String name() {
            return "Delete" + stored.names.suffix;
        }

        @Override
        public OperationModel<Input> model() {
            return new OperationModel<>(
                    template("DELETE", stored.names.query), "", 204, Input.class, StoredConfiguration.Nothing.class);
        }
    }

    /** Lists them in the order of their ids. */
    private record All<T extends Record>(StoredConfigurations<T> stored, Access access)
            implements Operation<ListInput, Record> {
        @Override
        public Record handle(ListInput input, Call call) {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            var after = ContinuationToken.parse(input.continuationToken);
            var rest = new ArrayList<T>();
            bucket.configurations().all(stored.kind).forEach((id, document) -> {
                if (after == null || id.compareTo(after) > 0) {
                    rest.add(document);
                }
            });
            boolean truncated = rest.size() > PAGE;
            var items = truncated ? List.copyOf(rest.subList(0, PAGE)) : rest;
            var next = truncated ? ContinuationToken.after(String.valueOf(stored.id.apply(items.getLast()))) : null;
            return stored.listing.answer.apply(new Page<>(items, truncated, input.continuationToken, next));
        }

        @Override
        public String name() {
            return "List" + stored.names.suffix + "s";
        }

        @Override
        public OperationModel<ListInput> model() {
            return new OperationModel<>(
                    "GET /{Bucket}?" + stored.names.query, "", 200, ListInput.class, stored.listing.type);
        }
    }
}
