package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationModel;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.s3.configuration.ConfigurationKind;
import dev.ruststack.emulator.s3.store.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that a bucket has once: the operations that set it, give it back and remove it.
 *
 * @param names what the operations are called and where they are
 * @param absence what is given back where nothing is set
 * @param taking what is kept of a document that a client sends
 */
record StoredConfiguration<T extends Record>(
        ConfigurationKind<T> kind, Names names, Absence<T> absence, Taking<T> taking) {

    /**
     * What the operations are called and where they are.
     *
     * @param suffix what stands behind Get and Put: {@code BucketCors}
     * @param query the sub-resource
     * @param delete the operation that removes it; null where there is none
     * @param putStatus the status of success of Put
     * @param vouched whether the document must come with a digest
     */
    record Names(String suffix, String query, @Nullable String delete, int putStatus, boolean vouched) {
        static Names of(String suffix, String query) {
            return new Names(suffix, query, null, 200, false);
        }

        Names deletedBy(String operation) {
            return new Names(suffix, query, operation, putStatus, vouched);
        }

        Names puttingAnswers204() {
            return new Names(suffix, query, delete, 204, vouched);
        }

        Names needingDigest() {
            return new Names(suffix, query, delete, putStatus, true);
        }
    }

    /** Makes what is kept of what was sent. */
    @FunctionalInterface
    interface Taking<T extends Record> {
        /** Throws where S3 does not take it. */
        T apply(T document, Bucket bucket, Call call);
    }

    /** The operations. */
    List<Operation<?, ?>> operations(Access access) {
        var operations = new ArrayList<Operation<?, ?>>();
        operations.add(new Get<>(this, access));
        operations.add(new Put<>(this, access));
        if (names.delete != null) {
            operations.add(new Delete<>(this, access, names.delete));
        }
        return operations;
    }

    /** A request without a document. */
    record Input(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner) {}

    /** A request with a document. */
    record PutInput(
            @HttpLabel String bucket,

            @HttpHeader("x-amz-expected-bucket-owner") @Nullable
            String expectedBucketOwner,

            @HttpPayload Payload document) {}

    /** The answer: nothing. */
    record Nothing() {}

    /** Gives the configuration back. */
    private record Get<T extends Record>(StoredConfiguration<T> stored, Access access) implements Operation<Input, T> {
        @Override
        public T handle(Input input, Call call) {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            return stored.absence.resolve(bucket.configurations().get(stored.kind), bucket);
        }

        @Override
        public String name() {
            return "Get" + stored.names.suffix;
        }

        @Override
        public OperationModel<Input> model() {
            return new OperationModel<>(
                    "GET /{Bucket}?" + stored.names.query, "", 200, Input.class, stored.kind.type());
        }
    }

    /** Sets the configuration. */
    private record Put<T extends Record>(StoredConfiguration<T> stored, Access access)
            implements Operation<PutInput, Nothing> {
        @Override
        public Nothing handle(PutInput input, Call call) throws IOException {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            var type = stored.kind.type();
            var document = stored.names.vouched
                    ? RequestDocument.readVouched(call, type)
                    : RequestDocument.readRequired(call, type);
            bucket.configurations().set(stored.kind, stored.taking.apply(document, bucket, call));
            return new Nothing();
        }

        @Override
        public String name() {
            return "Put" + stored.names.suffix;
        }

        @Override
        public OperationModel<PutInput> model() {
            return new OperationModel<>(
                    "PUT /{Bucket}?" + stored.names.query, "", stored.names.putStatus, PutInput.class, Nothing.class);
        }
    }

    /** Removes the configuration. */
    private record Delete<T extends Record>(StoredConfiguration<T> stored, Access access, String name)
            implements Operation<Input, Nothing> {
        @Override
        public Nothing handle(Input input, Call call) {
            var bucket = access.bucket(input.bucket, input.expectedBucketOwner, call);
            var removed = stored.absence.removed();
            if (removed == null) {
                bucket.configurations().remove(stored.kind);
            } else {
                bucket.configurations().set(stored.kind, removed);
            }
            return new Nothing();
        }

        @Override
        public OperationModel<Input> model() {
            return new OperationModel<>("DELETE /{Bucket}?" + stored.names.query, "", 204, Input.class, Nothing.class);
        }
    }
}
