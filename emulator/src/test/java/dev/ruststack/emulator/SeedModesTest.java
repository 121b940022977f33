package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.dynamodb.DynamoDbLocalProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code seedPolicy.mode} over data that outlives the emulator: seeded at each start, and again on request. */
class SeedModesTest {
    private static final AttributeDefinition ID = AttributeDefinition.builder()
            .attributeName("id")
            .attributeType(ScalarAttributeType.S)
            .build();

    private static final KeySchemaElement HASH =
            KeySchemaElement.builder().attributeName("id").keyType("HASH").build();

    private static final String STACK = """
            {"apiVersion": "ruststack.dev/v1alpha1", "kind": "RustStack", "metadata": {"name": "shop"}, "spec": {
             "seedPolicy": {"mode": "%s"},
             "buckets": [{"name": "uploads", "objects": [
                {"key": "a b+c/ü&<d>.txt", "content": {"text": "declared"}}, {"key": "hello", "content": {"text": "declared"}}]}],
             "tables": [{"name": "orders", "attributeDefinitions": [{"attributeName": "id", "attributeType": "N"}],
                "keySchema": [{"attributeName": "id", "keyType": "HASH"}], "items": [{"id": 1.0, "state": "declared"}]}]}}""";

    private static final StaticCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key"));

    @TempDir
    static Path database;

    private static DynamoDbLocalProcess dynamoDbLocal;

    @TempDir
    Path folder;

    private EmulatorProcess emulator;
    private S3Client s3;
    private DynamoDbClient dynamoDb;

    @BeforeAll
    static void startDynamoDb() throws Exception {
        dynamoDbLocal = DynamoDbLocalProcess.start(database);
    }

    @AfterAll
    static void stopDynamoDb() throws Exception {
        dynamoDbLocal.close();
    }

    @BeforeEach
    void start() throws Exception {
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_STORAGE", "Persistent");
        variables.put("RUSTSTACK_DYNAMODB", dynamoDbLocal.uri().toString());
        emulator = EmulatorProcess.start(variables).listening();
        s3 = S3Client.builder()
                .endpointOverride(emulator.aws())
                .region(Region.US_EAST_1)
                .credentialsProvider(KEYS)
                .build();
        dynamoDb = dynamoDb(Region.US_EAST_1);
    }

    private DynamoDbClient dynamoDb(Region region) {
        return DynamoDbClient.builder()
                .endpointOverride(emulator.aws())
                .region(region)
                .credentialsProvider(KEYS)
                .build();
    }

    @AfterEach
    void kill() throws Exception {
        s3.close();
        dynamoDb.close();
        emulator.close();
    }

    private void restart() throws Exception {
        kill();
        start();
    }

    private String seed(String mode) throws Exception {
        var answer = emulator.admin(
                "PUT", "seed", "application/json", STACK.formatted(mode).getBytes(UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(emulator.admin("ready").statusCode()).isEqualTo(200);
        return answer.body();
    }

    private void reset() throws Exception {
        assertThat(emulator.admin("POST", "reset", "", new byte[0]).statusCode())
                .isEqualTo(200);
    }

    /** Users change what is declared, add to it, and make things of their own. */
    private void use() {
        put("uploads", "hello", "changed");
        put("uploads", "more", "added");
        s3.deleteObject(request -> request.bucket("uploads").key("a b+c/ü&<d>.txt"));
        if (s3.listBuckets().buckets().size() == 1) {
            s3.createBucket(request -> request.bucket("other"));
        }
        put("other", "x/ü", "added");
        for (var item : Map.of("1", "changed", "2", "added").entrySet()) {
            dynamoDb.putItem(request -> request.tableName("orders")
                    .item(Map.of(
                            "id",
                            AttributeValue.fromN(item.getKey()),
                            "state",
                            AttributeValue.fromS(item.getValue()))));
        }
        if (!dynamoDb.listTables().tableNames().contains("others")) {
            dynamoDb.createTable(request -> request.tableName("others")
                    .billingMode("PAY_PER_REQUEST")
                    .attributeDefinitions(ID)
                    .keySchema(HASH)
                    .deletionProtectionEnabled(true));
        }
    }

    private void put(String bucket, String key, String text) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    private String text(String key) {
        return s3.getObjectAsBytes(request -> request.bucket("uploads").key(key))
                .asUtf8String();
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket("uploads")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private Map<String, String> items() {
        return dynamoDb.scan(request -> request.tableName("orders")).items().stream()
                .collect(Collectors.toMap(
                        item -> item.get("id").n(), item -> item.get("state").s()));
    }

    @Test
    void ensureWritesWhatIsDeclaredOverWhatIsThereAndLeavesTheRest() throws Exception {
        seed("Ensure");
        use();
        restart();

        assertThat(text("hello")).isEqualTo("changed");
        assertThat(items()).isEqualTo(Map.of("1", "changed", "2", "added"));

        seed("Ensure");

        assertThat(keys()).containsExactly("a b+c/ü&<d>.txt", "hello", "more");
        assertThat(text("hello")).isEqualTo("declared");
        assertThat(items()).isEqualTo(Map.of("1", "declared", "2", "added"));
        assertThat(dynamoDb.listTables().tableNames()).contains("orders", "others");
        reset();
    }

    @Test
    void onceLeavesWhatItMadeToItsUsersWhateverTheyDo() throws Exception {
        seed("Once");
        assertThat(text("hello")).isEqualTo("declared");
        use();
        restart();
        seed("Once");

        assertThat(keys()).containsExactly("hello", "more");
        assertThat(text("hello")).isEqualTo("changed");
        assertThat(items()).isEqualTo(Map.of("1", "changed", "2", "added"));

        dynamoDb.deleteTable(request -> request.tableName("orders"));
        restart();

        assertThat(seed("Once")).contains("Drifted");
        assertThat(dynamoDb.listTables().tableNames()).doesNotContain("orders");

        reset();

        assertThat(keys()).containsExactly("a b+c/ü&<d>.txt", "hello");
        assertThat(items()).isEqualTo(Map.of("1", "declared"));
        assertThat(s3.listBuckets().buckets()).hasSize(1);
    }

    @Test
    void exactRemovesWhateverIsNotDeclared() throws Exception {
        seed("Exact");
        s3.createBucket(request -> request.bucket("other"));
        for (var bucket : List.of("uploads", "other")) {
            s3.putBucketVersioning(request ->
                    request.bucket(bucket).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        }
        use();
        s3.deleteObject(request -> request.bucket("other").key("x/ü"));
        restart();
        seed("Exact");

        assertThat(keys()).containsExactly("a b+c/ü&<d>.txt", "hello");
        assertThat(s3.listObjectVersions(request -> request.bucket("uploads")).versions())
                .hasSize(2);
        assertThat(s3.listObjectVersions(request -> request.bucket("uploads")).deleteMarkers())
                .isEmpty();
        assertThat(text("hello")).isEqualTo("declared");
        assertThat(items()).isEqualTo(Map.of("1", "declared"));
        assertThat(s3.listBuckets().buckets()).hasSize(1);
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("orders");
        assertThat(Files.exists(folder.resolve("seed"))).isTrue();
        reset();
    }

    @Test
    void whatDynamoDbLocalForgetsIsKeptToo() throws Exception {
        String arn;
        try (var elsewhere = dynamoDb(Region.EU_WEST_1)) {
            arn = elsewhere
                    .createTable(request -> request.tableName("elsewhere")
                            .billingMode("PAY_PER_REQUEST")
                            .tableClass("STANDARD_INFREQUENT_ACCESS")
                            .tags(Tag.builder().key("team").value("shop").build())
                            .attributeDefinitions(ID)
                            .keySchema(HASH))
                    .tableDescription()
                    .tableArn();
        }
        restart();

        try (var elsewhere = dynamoDb(Region.EU_WEST_1)) {
            var table = elsewhere
                    .describeTable(request -> request.tableName("elsewhere"))
                    .table();
            assertThat(table.tableClassSummary().tableClassAsString()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
            assertThat(elsewhere
                            .listTagsOfResource(request -> request.resourceArn(arn))
                            .tags())
                    .extracting(Tag::key)
                    .containsExactly("team");
        }
        restart();
        reset();

        try (var elsewhere = dynamoDb(Region.EU_WEST_1)) {
            assertThat(elsewhere.listTables().tableNames()).isEmpty();
        }
    }
}
