package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** DynamoDB Local dies and comes back empty. */
class DynamoDbRestartTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private DynamoDbLocalProcess dynamoDbLocal;
    private ProxyFixture fixture;
    private DynamoDbClient client;

    @BeforeEach
    void start() throws Exception {
        dynamoDbLocal = DynamoDbLocalProcess.start(0);
        fixture = new ProxyFixture(dynamoDbLocal.uri());
        client = DynamoDbClient.builder()
                .endpointOverride(fixture.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", ProxyFixture.SECRET)))
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        fixture.close();
        dynamoDbLocal.close();
    }

    @Test
    void clientsAreToldToTryAgainUntilItIsBack() throws Exception {
        ProxyFixture.createTable(client);
        dynamoDbLocal.kill();

        assertThatThrownBy(client::listTables).isInstanceOfSatisfying(DynamoDbException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(503);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailableException");
            assertThat(e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
                    .contains("1");
        });

        dynamoDbLocal = DynamoDbLocalProcess.start(dynamoDbLocal.port());
        await().atMost(LONG).until(() -> fixture.backend.generation() == 2);
        fixture.backend.awaitReady(LONG);
        assertThat(client.listTables().tableNames()).isEmpty();
    }

    @Test
    void listenersAreDoneBeforeClientsAreServed() throws Exception {
        var heard = new CopyOnWriteArrayList<Long>();
        var atWork = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        fixture.backend.onRestart(generation -> {
            heard.add(generation);
            atWork.countDown();
            go.await();
        });
        dynamoDbLocal.kill();
        dynamoDbLocal = DynamoDbLocalProcess.start(dynamoDbLocal.port());
        atWork.await();

        assertThat(fixture.backend.ready()).isFalse();
        assertThatThrownBy(client::listTables)
                .isInstanceOfSatisfying(
                        DynamoDbException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
        assertThat(callFromWithin().status()).isEqualTo(200);

        go.countDown();
        fixture.backend.awaitReady(LONG);
        assertThat(client.listTables().tableNames()).isEmpty();
        assertThat(heard).isEqualTo(List.of(2L));
    }

    private InProcess.Answer callFromWithin() throws Exception {
        var self = new Identity("AKIDEXAMPLE", ProxyFixture.ACCOUNT, "us-east-1", "dynamodb");
        var proxy = new DynamoDbProxy(
                fixture.backend,
                InProcess.trusting(
                        (request, protocol) -> {
                            throw new IllegalStateException("a call from within is trusted");
                        },
                        self),
                Clock.systemUTC());
        return InProcess.call(
                proxy,
                new InProcess.Call(
                        "POST",
                        "/",
                        Headers.of("X-Amz-Target", "DynamoDB_20120810.ListTables"),
                        RequestBody.of("{}".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aConnectionThatWasClosedMeanwhileIsNoFailure() throws Exception {
        var table = ProxyFixture.createTable(client);

        fixture.backend.suspect();

        assertThat(client.listTables().tableNames()).containsExactly(table);
        assertThat(fixture.backend.generation()).isEqualTo(1);
    }

    @Test
    void anAddressWithoutDynamoDbIsNotReady() {
        try (var backend = DynamoDbBackend.watch(URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(() -> backend.awaitReady(Duration.ofMillis(100)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("http://127.0.0.1:1");
            assertThat(backend.generation()).isZero();
        }
    }
}
