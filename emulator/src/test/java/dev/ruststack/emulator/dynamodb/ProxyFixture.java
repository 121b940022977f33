package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The proxy behind a real port, in front of a DynamoDB Local; signatures are verified. */
final class ProxyFixture implements AutoCloseable {
    static final String SECRET = "secret";
    static final String ACCOUNT = "111122223333";

    final DynamoDbBackend backend;
    final DynamoDbProxy proxy;
    private final HttpServer server;

    ProxyFixture(URI dynamoDbLocal) {
        backend = DynamoDbBackend.watch(dynamoDbLocal);
        var authenticator = new SigV4Authenticator(
                SigV4Authenticator.Mode.ENFORCE, key -> SECRET, ACCOUNT, "us-east-1", Clock.systemUTC());
        proxy = new DynamoDbProxy(backend, authenticator, Clock.systemUTC());
        try {
            server = HttpServer.start(HttpServerConfig.of("aws", "127.0.0.1", 0), proxy);
            backend.awaitReady(Duration.ofSeconds(60));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One for all tests that need no DynamoDB Local of their own; they make tables with names of their own. */
    static ProxyFixture shared() {
        return Shared.FIXTURE;
    }

    private static final class Shared {
        static final ProxyFixture FIXTURE;

        static {
            try {
                FIXTURE = new ProxyFixture(DynamoDbLocalProcess.start(0).uri());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    DynamoDbClient client() {
        return client("AKIDEXAMPLE", Region.US_EAST_1);
    }

    DynamoDbClient client(String accessKey, Region region) {
        return DynamoDbClient.builder()
                .endpointOverride(uri())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, SECRET)))
                .build();
    }

    DynamoDbStreamsClient streams() {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", SECRET)))
                .build();
    }

    /** Sends a request as it is, signed by nobody unless {@code headers} do. */
    HttpResponse<String> raw(String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri()).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Makes a table with a string key {@code id} and a name of its own. */
    static String createTable(DynamoDbClient client) {
        var name = "table-" + UUID.randomUUID();
        client.createTable(table(name).build());
        return name;
    }

    static CreateTableRequest.Builder table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("id"))
                .keySchema(key("id", KeyType.HASH));
    }

    static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Override
    public void close() {
        server.close();
        backend.close();
    }
}
