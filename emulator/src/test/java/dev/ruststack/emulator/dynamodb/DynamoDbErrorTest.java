package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Errors have AWS's type, text, headers and checksum. Signatures are taken on trust here, but for one test. */
class DynamoDbErrorTest {
    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
    private static final String SERVICE = "com.amazon.coral.service#";
    private static final ProxyFixture FIXTURE = ProxyFixture.shared();

    private static HttpServer permissive;

    @BeforeAll
    static void start() throws IOException {
        var authenticator = new SigV4Authenticator(
                SigV4Authenticator.Mode.PERMISSIVE, key -> null, ProxyFixture.ACCOUNT, "us-east-1", Clock.systemUTC());
        permissive = HttpServer.start(
                HttpServerConfig.of("aws", "127.0.0.1", 0),
                new DynamoDbProxy(FIXTURE.backend, authenticator, Clock.systemUTC()));
    }

    @AfterAll
    static void close() {
        permissive.close();
    }

    @Test
    void answersCarryTheHeadersOfAws() throws Exception {
        for (var answer : new HttpResponse<?>[] {
            call("ListTables", "{}"), call("GetItem", "{\"TableName\":\"nowhere\",\"Key\":{}}"), call("Nonsense", "{}")
        }) {
            var headers = answer.headers();
            assertThat(headers.firstValue("Content-Type")).contains("application/x-amz-json-1.0");
            assertThat(headers.firstValue("Server")).contains("Server");
            assertThat(headers.firstValue("x-amzn-RequestId").orElseThrow()).matches("[0-9A-Z]{52}");
            var body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            assertThat(headers.firstValue("x-amz-crc32")).contains(DynamoDbProtocol.crc32(body));
        }
    }

    @Test
    void operationsOnItemsDoNotNameTheMissingTable() throws Exception {
        var expected = "{\"__type\":\"" + DYNAMODB
                + "ResourceNotFoundException\",\"message\":\"Requested resource not found\"}";

        assertThat(call("GetItem", "{\"TableName\":\"nowhere\",\"Key\":{\"id\":{\"S\":\"1\"}}}")
                        .body())
                .isEqualTo(expected);
        assertThat(call("Scan", "{\"TableName\":\"nowhere\"}").body()).isEqualTo(expected);
        assertThat(call("TransactGetItems", """
                        {"TransactItems":[{"Get":{"TableName":"nowhere","Key":{"id":{"S":"1"}}}}]}""").body()).isEqualTo(expected);
    }

    @Test
    void operationsOnTablesNameTheMissingTable() throws Exception {
        for (var operation : new String[] {"DescribeTable", "DeleteTable", "DescribeTimeToLive"}) {
            assertThat(call(operation, "{\"TableName\":\"nowhere\"}").body())
                    .isEqualTo("{\"__type\":\"" + DYNAMODB + "ResourceNotFoundException\","
                            + "\"message\":\"Requested resource not found: Table: nowhere not found\"}");
        }
    }

    @Test
    void aTableThatExistsIsNamed() throws Exception {
        try (var client = FIXTURE.client()) {
            var name = ProxyFixture.createTable(client);

            assertThat(call("CreateTable", """
                            {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""".formatted(name)).body())
                    .isEqualTo("{\"__type\":\"" + DYNAMODB + "ResourceInUseException\","
                            + "\"message\":\"Table already exists: " + name + "\"}");
        }
    }

    @Test
    void aFailedConditionIsThatOfAws() throws Exception {
        try (var client = FIXTURE.client()) {
            var name = ProxyFixture.createTable(client);

            assertThat(call("PutItem", """
                            {"TableName":"%s","Item":{"id":{"S":"1"}},"ConditionExpression":"attribute_exists(id)"}""".formatted(name)).body())
                    .isEqualTo("{\"__type\":\"" + DYNAMODB + "ConditionalCheckFailedException\","
                            + "\"message\":\"The conditional request failed\"}");
        }
    }

    @Test
    void validationErrorsKeepTheirType() throws Exception {
        assertThat(call("DescribeTable", "{\"TableName\":\"x\"}").body())
                .startsWith(
                        "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"Invalid table");
    }

    @Test
    void whatIsNoJsonObjectIsASerializationError() throws Exception {
        for (var body : new String[] {"", "{\"TableName\"", "[]", "{\"TableName\":\"arn:"}) {
            var answer = call("GetItem", body);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"__type\":\"" + SERVICE + "SerializationException\"");
        }
    }

    @Test
    void unknownOperationsAreRefused() throws Exception {
        for (var target : new String[] {"DynamoDB_20120810.Nonsense", "DynamoDB_20111205.GetItem", "x"}) {
            var answer = send("{}", "X-Amz-Target", target, "Authorization", authorization("us-east-1"));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"__type\":\"" + SERVICE + "UnknownOperationException\"");
        }
        assertThat(send("{}", "Authorization", authorization("us-east-1")).body())
                .contains("UnknownOperationException");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        var answer = call("CreateBackup", "{}");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"dev.ruststack#NotImplemented\","
                        + "\"message\":\"RustStack does not implement CreateBackup of DynamoDB.\"}");
        assertThat(call("CreateTable", "{\"ResourcePolicy\":\"{}\"}").statusCode())
                .isEqualTo(501);
    }

    @Test
    void requestsBeyondSixteenMegabytesAreRefused() throws Exception {
        var answer = call("PutItem", " ".repeat((16 << 20) + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("RequestEntityTooLargeException");
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        var expected = "{\"__type\":\"" + SERVICE
                + "MissingAuthenticationTokenException\",\"message\":\"Request is missing Authentication Token\"}";

        assertThat(send("{}", "X-Amz-Target", "DynamoDB_20120810.ListTables").body())
                .isEqualTo(expected);
        assertThat(FIXTURE.raw("{}", "X-Amz-Target", "DynamoDB_20120810.ListTables")
                        .body())
                .isEqualTo(expected);
    }

    @Test
    void aWrongSignatureIsRefused() {
        var wrong = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "wrong"));
        try (var client = DynamoDbClient.builder()
                .endpointOverride(FIXTURE.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(wrong)
                .build()) {
            assertThatThrownBy(() ->
                            client.getItem(r -> r.tableName("nowhere").key(Map.of("id", AttributeValue.fromS("1")))))
                    .isInstanceOfSatisfying(
                            DynamoDbException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException"));
        }
    }

    @Test
    void aRegionThatIsNoneIsRefused() throws Exception {
        var answer =
                send("{}", "X-Amz-Target", "DynamoDB_20120810.ListTables", "Authorization", authorization("us east:1"));

        assertThat(answer.body()).contains("Credential should be scoped to a valid region.");
    }

    private static HttpResponse<String> call(String operation, String body) throws IOException, InterruptedException {
        return send(
                body, "X-Amz-Target", "DynamoDB_20120810." + operation, "Authorization", authorization("us-east-1"));
    }

    private static String authorization(String region) {
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/" + region
                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=" + "0".repeat(64);
    }

    private static HttpResponse<String> send(String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + permissive.port()))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("X-Amz-Date", "20260101T000000Z")
                .headers(headers)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
