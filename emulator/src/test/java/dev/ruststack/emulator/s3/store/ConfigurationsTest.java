package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.journal.Journal;
import dev.ruststack.emulator.journal.Journaled;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.configuration.ConfigurationKind;
import dev.ruststack.emulator.s3.configuration.RequestPaymentConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationsTest {
    private static final String ACCOUNT = "000000000000";
    private static final ConfigurationKind<RequestPaymentConfiguration> KIND = RequestPaymentConfiguration.KIND;
    private static final RequestPaymentConfiguration REQUESTER = new RequestPaymentConfiguration("Requester");
    private static final RequestPaymentConfiguration OWNER = RequestPaymentConfiguration.DEFAULT;

    @TempDir
    Path folder;

    private static Bucket bucket() {
        return bucket(new Buckets(Clock.systemUTC()));
    }

    private static Bucket bucket(Buckets buckets) {
        buckets.create("bucket", ACCOUNT, "us-east-1");
        return buckets.require("bucket");
    }

    private KeptBuckets open(Buckets buckets) throws IOException {
        return KeptBuckets.open(buckets, BlobStore.kept(folder), folder.resolve("journal"));
    }

    @Test
    void documentsAreTheirKindsAndIds() {
        var configurations = bucket().configurations();
        var other = new ConfigurationKind<>("other", RequestPaymentConfiguration.class);

        configurations.set(KIND, OWNER);
        configurations.change(other, "b", current -> REQUESTER);
        configurations.change(other, "a", current -> OWNER);

        assertThat(configurations.get(KIND)).isEqualTo(OWNER);
        assertThat(configurations.get(other)).isNull();
        assertThat(configurations.get(other, "b")).isEqualTo(REQUESTER);
        assertThat(configurations.all(other).keySet()).containsExactly("a", "b");
        configurations.remove(KIND);
        assertThat(configurations.get(KIND)).isNull();
        assertThat(configurations.all(other)).hasSize(2);
    }

    @Test
    void aChangeThatThrowsChangesNothing() {
        var configurations = bucket().configurations();
        configurations.set(KIND, OWNER);

        assertThatThrownBy(() -> configurations.change(KIND, "", current -> {
                    throw S3Error.INVALID_REQUEST.error();
                }))
                .isInstanceOf(AwsException.class);

        assertThat(configurations.get(KIND)).isEqualTo(OWNER);
    }

    @Test
    void changesSeeOneAnother() throws InterruptedException {
        var configurations = bucket().configurations();
        var begin = new CountDownLatch(1);

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                executor.submit(() -> {
                    begin.await();
                    for (int j = 0; j < 100; j++) {
                        configurations.change(
                                KIND,
                                "",
                                current ->
                                        new RequestPaymentConfiguration(current == null ? "x" : current.payer() + "x"));
                    }
                    return null;
                });
            }
            begin.countDown();
        }

        assertThat(configurations.get(KIND)).isEqualTo(new RequestPaymentConfiguration("x".repeat(800)));
    }

    @Test
    void aBucketThatIsGoneTakesNone() {
        var buckets = new Buckets(Clock.systemUTC());
        var bucket = bucket(buckets);
        bucket.configurations().set(KIND, OWNER);
        buckets.delete(bucket);

        assertThatThrownBy(() -> bucket.configurations().set(KIND, OWNER)).hasMessageContaining("does not exist");
        assertThat(bucket(buckets).configurations().get(KIND)).isNull();
    }

    @Test
    void documentsOutliveTheProcessAndGoWithTheBucket() throws IOException {
        var first = new Buckets(Clock.systemUTC());
        try (var _ = open(first)) {
            var configurations = bucket(first).configurations();
            configurations.set(KIND, OWNER);
            configurations.set(KIND, REQUESTER);
            configurations.change(KIND, "gone", current -> OWNER);
            configurations.change(KIND, "gone", current -> null);
            configurations.change(KIND, "there", current -> OWNER);
        }
        var second = new Buckets(Clock.systemUTC());
        try (var _ = open(second)) {
            var bucket = second.require("bucket");
            assertThat(bucket.configurations().get(KIND)).isEqualTo(REQUESTER);
            assertThat(bucket.configurations().all(KIND)).hasSize(2).containsEntry("there", OWNER);
            second.delete(bucket);
            bucket(second);
        }
        var third = new Buckets(Clock.systemUTC());
        try (var _ = open(third)) {
            assertThat(third.require("bucket").configurations().all(KIND)).isEmpty();
        }
    }

    @Test
    void theWholeStateHoldsThem() throws IOException {
        var from = new Buckets(Clock.systemUTC());
        var bucket = bucket(from);
        bucket.configurations().set(KIND, REQUESTER);
        var records = new ArrayList<byte[]>();
        bucket.write(records::add);

        var to = new Buckets(Clock.systemUTC());
        for (var json : records) {
            to.replay(BucketRecord.parse(json));
        }

        assertThat(to.require("bucket").configurations().get(KIND)).isEqualTo(REQUESTER);
    }

    @Test
    void aKindThatIsNotKnownIsNotPassedOver() throws IOException {
        var made = "{\"op\":\"made\",\"bucket\":\"bucket\",\"made\":{\"ownerAccountId\":\"000000000000\","
                + "\"region\":\"us-east-1\",\"created\":\"2026-01-01T00:00:00Z\"}}";
        var unknown = "{\"op\":\"configured\",\"bucket\":\"bucket\","
                + "\"configured\":{\"kind\":\"colour\",\"id\":\"\",\"document\":{}}}";
        Files.createDirectories(folder);
        try (var journal = Journal.open(folder.resolve("journal"), nothing())) {
            for (var json : List.of(made, unknown)) {
                journal.append(json.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThatThrownBy(() -> open(new Buckets(Clock.systemUTC())).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("colour");
    }

    private static Journaled nothing() {
        return new Journaled() {
            @Override
            public void replay(byte[] json) {}

            @Override
            public void settle() {}

            @Override
            public void write(Sink sink) {}
        };
    }
}
