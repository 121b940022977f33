package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.dynamodb.DynamoDbLocalProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written to a table of the stack runs a function of the same stack. */
class StreamFunctionsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Writes each event down, whole, and then fails as its records ask for. */
    private static final String HEARS = """
            import json, os, time, uuid
            def handler(event, context):
                folder = os.environ["HEARD"]
                slow = any("slow" in record["dynamodb"].get("NewImage", {}) for record in event["Records"])
                part = folder + ".part" + uuid.uuid4().hex
                with open(part, "w") as file:
                    json.dump(event, file)
                os.rename(part, os.path.join(folder, "%020d" % time.time_ns()))
                if slow:
                    beside = [name for name in os.listdir(os.path.dirname(folder)) if name.startswith(os.path.basename(folder) + ".runs")]
                    mine = folder + ".runs" + uuid.uuid4().hex
                    open(mine, "w").close()
                    if beside:
                        with open(folder + ".most", "w") as file: file.write(str(len(beside) + 1))
                    time.sleep(0.3)
                    os.remove(mine)
                failures = []
                for record in event["Records"]:
                    image = record["dynamodb"].get("NewImage", {})
                    if "poison" in image:
                        raise ValueError("poison")
                    if "reported" in image:
                        failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
                state = {"seen": event.get("state", {}).get("seen", 0) + len(event["Records"])}
                if any("much" in record["dynamodb"].get("NewImage", {}) for record in event["Records"]):
                    state["much"] = "x" * (1 << 20)
                return {"batchItemFailures": failures, "state": state}
            """;

    @TempDir
    static Path data;

    private static DynamoDbLocalProcess dynamoDbLocal;
    private static FunctionStack stack;
    private static DynamoDbClient dynamoDb;

    @TempDir
    Path heard;

    private String table = "";
    private String function = "";
    private String stream = "";

    @BeforeAll
    static void start() throws Exception {
        dynamoDbLocal = DynamoDbLocalProcess.start(0);
        stack = FunctionStack.start(
                data, Map.of("RUSTSTACK_DYNAMODB", dynamoDbLocal.uri().toString()));
        dynamoDb = DynamoDbClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + stack.emulator.ports().aws()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        dynamoDb.close();
        stack.close();
        dynamoDbLocal.close();
    }

    @BeforeEach
    void makeTableAndFunction() throws IOException {
        var id = UUID.randomUUID().toString().substring(0, 8);
        table = "orders-" + id;
        function = "hears-" + id;
        await().atMost(LONG).ignoreExceptions().until(() -> dynamoDb.listTables() != null);
        stream = dynamoDb.createTable(request -> request.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                        .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                        .streamSpecification(
                                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
                .tableDescription()
                .latestStreamArn();
        stack.python(function, HEARS);
        stack.lambda.updateFunctionConfiguration(request ->
                request.functionName(function).environment(e -> e.variables(Map.of("HEARD", heard.toString()))));
        stack.lambda.waiter().waitUntilFunctionUpdatedV2(request -> request.functionName(function));
    }

    private String map(Consumer<CreateEventSourceMappingRequest.Builder> change) {
        var request = CreateEventSourceMappingRequest.builder()
                .eventSourceArn(stream)
                .functionName(function)
                .startingPosition(EventSourcePosition.TRIM_HORIZON);
        change.accept(request);
        var uuid = stack.lambda.createEventSourceMapping(request.build()).uuid();
        awaitState(uuid, "Enabled");
        return uuid;
    }

    private static void awaitState(String uuid, String state) {
        await().atMost(LONG)
                .until(() -> stack.lambda
                        .getEventSourceMapping(request -> request.uuid(uuid))
                        .state()
                        .equals(state));
    }

    private void put(String id, String... attributes) {
        var item = new java.util.HashMap<String, AttributeValue>();
        item.put("id", AttributeValue.fromS(id));
        for (var attribute : attributes) {
            item.put(attribute, AttributeValue.fromS("yes"));
        }
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    /** The events so far, in their order. */
    private List<JsonNode> events() throws IOException {
        try (var files = Files.list(heard)) {
            var events = new ArrayList<JsonNode>();
            for (var file : files.sorted().toList()) {
                events.add(JsonMapper.shared().readTree(Files.readAllBytes(file)));
            }
            return events;
        }
    }

    private static List<String> ids(JsonNode event) {
        return event.path("Records")
                .valueStream()
                .map(record -> record.path("dynamodb")
                        .path("Keys")
                        .path("id")
                        .path("S")
                        .asString())
                .toList();
    }

    private List<String> allIds() throws IOException {
        return events().stream().flatMap(event -> ids(event).stream()).toList();
    }

    @Test
    void recordsComeInTheirOrderAndAsLambdaHasThem() throws IOException {
        put("first");
        dynamoDb.updateItem(request -> request.tableName(table)
                .key(Map.of("id", AttributeValue.fromS("first")))
                .updateExpression("SET #count = :one")
                .expressionAttributeNames(Map.of("#count", "count"))
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
        dynamoDb.deleteItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS("first"))));

        var uuid = map(mapping -> {});

        await().atMost(LONG).until(() -> allIds().size() == 3);
        var records = new ArrayList<JsonNode>();
        events().forEach(event -> event.path("Records").forEach(records::add));
        assertThat(records)
                .extracting(record -> record.path("eventName").asString())
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        var modified = records.get(1);
        assertThat(modified.propertyNames())
                .containsExactly(
                        "eventID",
                        "eventName",
                        "eventVersion",
                        "eventSource",
                        "awsRegion",
                        "dynamodb",
                        "eventSourceARN");
        assertThat(modified.path("eventSource").asString()).isEqualTo("aws:dynamodb");
        assertThat(modified.path("eventVersion").asString()).isEqualTo("1.1");
        assertThat(modified.path("awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(modified.path("eventSourceARN").asString()).isEqualTo(stream);
        var change = modified.path("dynamodb");
        assertThat(change.path("NewImage").path("count").path("N").asString()).isEqualTo("1");
        assertThat(change.path("OldImage").has("count")).isFalse();
        assertThat(change.path("StreamViewType").asString()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(change.path("ApproximateCreationDateTime").isIntegralNumber())
                .isTrue();
        await().atMost(LONG)
                .until(() -> stack.lambda
                        .getEventSourceMapping(request -> request.uuid(uuid))
                        .lastProcessingResult()
                        .equals("OK"));
    }

    @Test
    void latestBeginsWithWhatIsWrittenOnceItIsEnabled() throws IOException {
        put("before");

        map(mapping -> mapping.startingPosition(EventSourcePosition.LATEST));
        put("after");

        await().atMost(LONG).until(() -> !allIds().isEmpty());
        assertThat(allIds()).containsExactly("after");
    }

    @Test
    void batchesHaveNoMoreRecordsThanTheirSize() throws IOException {
        for (int i = 0; i < 5; i++) {
            put("item-" + i);
        }

        map(mapping -> mapping.batchSize(2).maximumBatchingWindowInSeconds(1));

        await().atMost(LONG).until(() -> allIds().size() == 5);
        assertThat(events()).extracting(event -> ids(event).size()).containsExactly(2, 2, 1);
        assertThat(allIds()).containsExactly("item-0", "item-1", "item-2", "item-3", "item-4");
    }

    @Test
    void onlyWhatAFilterMatchesIsDelivered() throws IOException {
        map(mapping -> mapping.filterCriteria(criteria -> criteria.filters(filter -> filter.pattern("""
                {"eventName": ["INSERT"], "dynamodb": {"Keys": {"id": {"S": [{"prefix": "yes-"}]}}}}
                """))));
        put("yes-1");
        put("no-1");
        put("yes-1", "changed");
        put("yes-2");

        await().atMost(LONG).until(() -> allIds().contains("yes-2"));
        assertThat(allIds()).containsExactly("yes-1", "yes-2");
    }

    @Test
    void aBatchThatFailsIsRetriedUntilItIsGivenUpAndKeptInItsBucket() throws IOException {
        stack.s3.createBucket(request -> request.bucket("given-up-" + table));
        var uuid = map(mapping -> mapping.maximumRetryAttempts(1)
                .destinationConfig(d -> d.onFailure(f -> f.destination("arn:aws:s3:::given-up-" + table))));
        put("bad", "poison");
        put("good");

        await().atMost(LONG).until(() -> allIds().contains("good"));
        await().atMost(LONG)
                .until(() -> !stack.s3
                        .listObjectsV2(request -> request.bucket("given-up-" + table))
                        .contents()
                        .isEmpty());
        var key = stack.s3
                .listObjectsV2(request -> request.bucket("given-up-" + table))
                .contents()
                .getFirst()
                .key();
        assertThat(key).startsWith("aws/lambda/" + uuid + "/shardId-");
        var kept = JsonMapper.shared()
                .readTree(stack.s3
                        .getObjectAsBytes(
                                request -> request.bucket("given-up-" + table).key(key))
                        .asByteArray());
        assertThat(kept.path("requestContext").path("condition").asString()).isEqualTo("RetryAttemptsExhausted");
        assertThat(kept.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(2);
        assertThat(kept.path("responseContext").path("functionError").asString())
                .isEqualTo("Unhandled");
        assertThat(kept.path("DDBStreamBatchInfo").path("streamArn").asString()).isEqualTo(stream);
        assertThat(ids(JsonMapper.shared().readTree(kept.path("payload").asString())))
                .contains("bad");
    }

    @Test
    void aBatchIsHalvedUntilThePoisonIsAlone() throws IOException {
        put("a");
        put("b");
        put("c", "poison");
        put("d");

        map(mapping -> mapping.bisectBatchOnFunctionError(true).maximumRetryAttempts(0));

        await().atMost(LONG).until(() -> events().size() == 5);
        assertThat(events())
                .extracting(StreamFunctionsTest::ids)
                .containsExactly(
                        List.of("a", "b", "c", "d"), List.of("a", "b"), List.of("c", "d"), List.of("c"), List.of("d"));
    }

    @Test
    void aReportedItemIsTriedAgainWithWhatFollowsIt() throws IOException {
        put("a");
        put("b", "reported");
        put("c");

        map(mapping -> mapping.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                .maximumRetryAttempts(1));

        await().atMost(LONG).until(() -> events().size() >= 2);
        assertThat(ids(events().get(0))).containsExactly("a", "b", "c");
        assertThat(ids(events().get(1))).containsExactly("b", "c");
    }

    @Test
    void aMappingThatIsDisabledGoesOnWhereItWas() throws IOException {
        var uuid = map(mapping -> {});
        put("one");
        await().atMost(LONG).until(() -> allIds().contains("one"));

        assertThat(stack.lambda
                        .updateEventSourceMapping(request -> request.uuid(uuid).enabled(false))
                        .state())
                .isEqualTo("Disabling");
        awaitState(uuid, "Disabled");
        put("two");
        assertThat(stack.lambda
                        .updateEventSourceMapping(
                                request -> request.uuid(uuid).enabled(true).batchSize(7))
                        .batchSize())
                .isEqualTo(7);

        await().atMost(LONG).until(() -> allIds().contains("two"));
        assertThat(allIds()).containsExactly("one", "two");
    }

    @Test
    void aMappingIsListedReadAndTakenAway() {
        var uuid = map(mapping -> mapping.batchSize(10));

        var found = stack.lambda.listEventSourceMappings(request -> request.functionName(function));
        assertThat(found.eventSourceMappings()).singleElement().satisfies(mapping -> {
            assertThat(mapping.uuid()).isEqualTo(uuid);
            assertThat(mapping.batchSize()).isEqualTo(10);
            assertThat(mapping.eventSourceArn()).isEqualTo(stream);
            assertThat(mapping.functionArn()).endsWith(":function:" + function);
            assertThat(mapping.maximumRetryAttempts()).isEqualTo(-1);
            assertThat(mapping.lastModified()).isNotNull();
            assertThat(mapping.eventSourceMappingArn()).endsWith(":event-source-mapping:" + uuid);
        });
        assertThatThrownBy(() -> map(mapping -> {})).isInstanceOf(ResourceConflictException.class);

        assertThat(stack.lambda
                        .deleteEventSourceMapping(request -> request.uuid(uuid))
                        .state())
                .isEqualTo("Deleting");
        assertThatThrownBy(() -> stack.lambda.getEventSourceMapping(request -> request.uuid(uuid)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void whatCannotBeMappedIsRefused() {
        assertThatThrownBy(() -> map(mapping -> mapping.functionName("nobody")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> map(mapping -> mapping.eventSourceArn(stream + "0")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Stream not found");
        assertThatThrownBy(() -> map(mapping -> mapping.eventSourceArn("arn:aws:sqs:us-east-1:000000000000:queue")))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("sqs");
        assertThatThrownBy(() -> map(mapping -> mapping.startingPosition((EventSourcePosition) null)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("startingPosition");
        assertThatThrownBy(() -> map(
                        mapping -> mapping.filterCriteria(c -> c.filters(f -> f.pattern("{\"eventName\": \"x\"}")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("filter pattern");
        assertThatThrownBy(() -> map(mapping -> mapping.filterCriteria(
                        c -> c.filters(f -> f.pattern("{\"count\": [{\"numeric\": [\">\", \"x\"]}]}")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("numeric");
        assertThatThrownBy(() -> map(mapping -> mapping.tumblingWindowInSeconds(901)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("tumblingWindowInSeconds");
    }

    @Test
    void aWindowCarriesItsStateToItsEnd() throws IOException {
        var uuid = map(mapping -> mapping.tumblingWindowInSeconds(5).batchSize(1));
        assertThat(stack.lambda
                        .getEventSourceMapping(request -> request.uuid(uuid))
                        .tumblingWindowInSeconds())
                .isEqualTo(5);

        for (int i = 0; i < 3; i++) {
            put("item-" + i);
        }

        await().atMost(LONG)
                .until(() -> events().stream()
                                .filter(event ->
                                        event.path("isFinalInvokeForWindow").asBoolean())
                                .mapToInt(event -> event.at("/state/seen").asInt(0))
                                .sum()
                        == 3);
        assertThat(allIds()).containsExactly("item-0", "item-1", "item-2");
        int seen = 0;
        for (var event : events()) {
            assertThat(event.propertyNames())
                    .containsExactly(
                            "Records",
                            "window",
                            "state",
                            "shardId",
                            "eventSourceARN",
                            "isFinalInvokeForWindow",
                            "isWindowTerminatedEarly");
            assertThat(event.at("/state/seen").asInt(0)).isEqualTo(seen);
            assertThat(event.path("isWindowTerminatedEarly").asBoolean()).isFalse();
            var start = Instant.parse(event.at("/window/start").asString());
            assertThat(start.getEpochSecond() % 5).isZero();
            assertThat(event.at("/window/end").asString())
                    .isEqualTo(start.plusSeconds(5).toString());
            boolean last = event.path("isFinalInvokeForWindow").asBoolean();
            assertThat(event.path("Records")).hasSize(last ? 0 : 1);
            seen = last ? 0 : seen + 1;
        }
    }

    @Test
    void aWindowThatKeepsTooMuchEndsEarly() throws IOException {
        put("a", "much");
        map(mapping -> mapping.tumblingWindowInSeconds(900));

        await().atMost(LONG)
                .until(() -> events().stream()
                        .anyMatch(event -> event.path("isWindowTerminatedEarly").asBoolean()));
    }

    @Test
    void batchesOfAShardRunSideBySideAndThoseOfAKeyInOrder() throws IOException {
        for (int i = 0; i < 8; i++) {
            for (int key = 0; key < 4; key++) {
                put("key-" + key, "slow", "n" + i);
            }
        }

        map(mapping -> mapping.parallelizationFactor(10).batchSize(2));

        await().atMost(LONG).until(() -> allIds().size() >= 32);
        var numbers = new java.util.HashMap<String, List<Integer>>();
        for (var event : events()) {
            for (var record : event.path("Records")) {
                var image = record.path("dynamodb").path("NewImage");
                int number = Integer.parseInt(image.propertyNames().stream()
                        .filter(name -> name.matches("n\\d+"))
                        .findFirst()
                        .orElseThrow()
                        .substring(1));
                numbers.computeIfAbsent(image.at("/id/S").asString(), _ -> new ArrayList<>())
                        .add(number);
            }
        }
        assertThat(numbers)
                .hasSize(4)
                .allSatisfy((_, each) -> assertThat(each).containsExactly(0, 1, 2, 3, 4, 5, 6, 7));
        assertThat(Files.readString(heard.resolveSibling(heard.getFileName() + ".most")))
                .isNotEqualTo("1");
    }
}
