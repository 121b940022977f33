package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** ARNs carry the caller's region and account, in answers and in requests. */
@SuppressWarnings("unchecked") // The SDK takes arrays of generic builders.
class DynamoDbArnTest {
    private static final String PREFIX = "arn:aws:dynamodb:us-east-1:" + ProxyFixture.ACCOUNT + ":table/";
    private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("1"));

    private static final ProxyFixture FIXTURE = ProxyFixture.shared();
    private static final DynamoDbClient CLIENT = FIXTURE.client();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void everyArnOfADescriptionIsReal() {
        var name = "t-" + UUID.randomUUID();

        var created = createFullTable(name);

        assertArns(created, name);
        assertArns(CLIENT.describeTable(r -> r.tableName(name)).table(), name);
        assertArns(
                CLIENT.updateTable(r -> r.tableName(name).deletionProtectionEnabled(false))
                        .tableDescription(),
                name);
        assertArns(CLIENT.deleteTable(r -> r.tableName(name)).tableDescription(), name);
    }

    private static void assertArns(TableDescription table, String name) {
        assertThat(table.tableArn()).isEqualTo(PREFIX + name);
        assertThat(table.latestStreamArn()).startsWith(PREFIX + name + "/stream/20");
        assertThat(table.globalSecondaryIndexes().getFirst().indexArn()).isEqualTo(PREFIX + name + "/index/global");
        assertThat(table.localSecondaryIndexes().getFirst().indexArn()).isEqualTo(PREFIX + name + "/index/local");
    }

    @Test
    void aTableKeepsItsId() {
        var name = "t-" + UUID.randomUUID();
        var id = createFullTable(name).tableId();

        assertThat(UUID.fromString(id)).isNotNull();
        assertThat(CLIENT.describeTable(r -> r.tableName(name)).table().tableId())
                .isEqualTo(id);
    }

    @Test
    void timesThatNeverWereAreLeftOut() {
        var throughput = CLIENT.describeTable(r -> r.tableName(ProxyFixture.createTable(CLIENT)))
                .table()
                .provisionedThroughput();

        assertThat(throughput.lastIncreaseDateTime()).isNull();
        assertThat(throughput.lastDecreaseDateTime()).isNull();
        assertThat(throughput.numberOfDecreasesToday()).isZero();
    }

    @Test
    void streamsAreReadByTheirRealArns() {
        var name = "t-" + UUID.randomUUID();
        createFullTable(name);
        CLIENT.putItem(r -> r.tableName(name).item(Map.of("id", text("1"), "sort", text("2"), "other", text("3"))));

        var record = new StreamReader(FIXTURE).records(name).getFirst();

        assertThat(record.awsRegion()).isEqualTo("us-east-1");
        assertThat(record.eventNameAsString()).isEqualTo("INSERT");
        assertThat(record.dynamodb().newImage()).containsEntry("other", text("3"));
        try (var streams = FIXTURE.streams()) {
            var byArn = streams.listStreams(r -> r.tableName(PREFIX + name)).streams();
            assertThat(byArn).singleElement().satisfies(s -> {
                assertThat(s.streamArn()).startsWith(PREFIX + name + "/stream/20");
                assertThat(s.tableName()).isEqualTo(name);
            });
            assertThat(streams.describeStream(r -> r.streamArn(byArn.getFirst().streamArn()))
                            .streamDescription()
                            .streamArn())
                    .isEqualTo(byArn.getFirst().streamArn());
        }
    }

    @Test
    void anUnknownStreamIsNamedByItsRealArn() {
        var arn = PREFIX + "nowhere/stream/2026-01-01T00:00:00.000";
        try (var streams = FIXTURE.streams()) {
            assertThatThrownBy(() -> streams.describeStream(r -> r.streamArn(arn)))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Requested resource not found: Stream: " + arn + " not found");
        }
    }

    @Test
    void tablesAreNamedByArnInEveryRequestThatTakesOne() {
        var name = ProxyFixture.createTable(CLIENT);
        var arn = PREFIX + name;

        CLIENT.putItem(r -> r.tableName(arn).item(ITEM));
        CLIENT.updateItem(r -> r.tableName(arn).key(ITEM));
        CLIENT.transactWriteItems(r -> r.transactItems(
                i -> i.put(p -> p.tableName(arn).item(Map.of("id", text("2")))),
                i -> i.delete(d -> d.tableName(arn).key(Map.of("id", text("3")))),
                i -> i.update(u -> u.tableName(arn)
                        .key(Map.of("id", text("4")))
                        .updateExpression("SET a = :a")
                        .expressionAttributeValues(Map.of(":a", text("a")))),
                i -> i.conditionCheck(c -> c.tableName(arn).key(ITEM).conditionExpression("attribute_exists(id)"))));

        assertThat(CLIENT.getItem(r -> r.tableName(arn).key(ITEM)).item()).isEqualTo(ITEM);
        assertThat(CLIENT.scan(r -> r.tableName(arn)).count()).isEqualTo(3);
        assertThat(CLIENT.query(r -> r.tableName(arn)
                                .keyConditionExpression("id = :id")
                                .expressionAttributeValues(Map.of(":id", text("2"))))
                        .count())
                .isEqualTo(1);
        assertThat(CLIENT.transactGetItems(r ->
                                r.transactItems(i -> i.get(g -> g.tableName(arn).key(ITEM))))
                        .responses()
                        .getFirst()
                        .item())
                .isEqualTo(ITEM);
        assertThat(CLIENT.describeTable(r -> r.tableName(arn)).table().tableName())
                .isEqualTo(name);
        CLIENT.describeTimeToLive(r -> r.tableName(arn));
        CLIENT.describeContinuousBackups(r -> r.tableName(arn));
        CLIENT.deleteItem(r -> r.tableName(arn).key(ITEM));
        CLIENT.deleteTable(r -> r.tableName(arn));
        assertThat(CLIENT.listTables().tableNames()).doesNotContain(name);
    }

    @Test
    void batchesThatNameTablesByArnAreAnsweredByArn() {
        var name = ProxyFixture.createTable(CLIENT);
        var arn = PREFIX + name;
        var write = WriteRequest.builder()
                .putRequest(PutRequest.builder().item(ITEM).build())
                .build();

        var written = CLIENT.batchWriteItem(
                r -> r.requestItems(Map.of(arn, List.of(write))).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        var read = CLIENT.batchGetItem(r -> r.requestItems(Map.of(
                        arn, KeysAndAttributes.builder().keys(List.of(ITEM)).build()))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

        assertThat(written.consumedCapacity().getFirst().tableName()).isEqualTo(arn);
        assertThat(read.responses()).isEqualTo(Map.of(arn, List.of(ITEM)));
        assertThat(read.consumedCapacity().getFirst().tableName()).isEqualTo(arn);
    }

    @Test
    void anArnOfAnotherAccountIsDenied() {
        var arn = "arn:aws:dynamodb:us-east-1:999988887777:table/theirs";

        assertThatThrownBy(() -> CLIENT.getItem(r -> r.tableName(arn).key(ITEM)))
                .isInstanceOfSatisfying(DynamoDbException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .contains("is not authorized to perform: dynamodb:GetItem on resource: " + arn);
                });
    }

    @Test
    void anArnOfAnotherRegionIsRefused() {
        var arn = "arn:aws:dynamodb:eu-west-1:" + ProxyFixture.ACCOUNT + ":table/there";

        assertThatThrownBy(() -> CLIENT.transactWriteItems(
                        r -> r.transactItems(i -> i.put(p -> p.tableName(arn).item(ITEM)))))
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
    }

    @Test
    void partitionsFollowTheRegion() {
        try (var china = FIXTURE.client("AKIDEXAMPLE", Region.CN_NORTH_1)) {
            var name = ProxyFixture.createTable(china);

            assertThat(china.describeTable(r -> r.tableName(name)).table().tableArn())
                    .isEqualTo("arn:aws-cn:dynamodb:cn-north-1:" + ProxyFixture.ACCOUNT + ":table/" + name);
        }
    }

    private static TableDescription createFullTable(String name) {
        return CLIENT.createTable(ProxyFixture.table(name)
                        .attributeDefinitions(
                                ProxyFixture.attribute("id"),
                                ProxyFixture.attribute("sort"),
                                ProxyFixture.attribute("other"))
                        .keySchema(ProxyFixture.key("id", KeyType.HASH), ProxyFixture.key("sort", KeyType.RANGE))
                        .globalSecondaryIndexes(i -> i.indexName("global")
                                .keySchema(ProxyFixture.key("other", KeyType.HASH))
                                .projection(p -> p.projectionType(ProjectionType.ALL)))
                        .localSecondaryIndexes(i -> i.indexName("local")
                                .keySchema(
                                        ProxyFixture.key("id", KeyType.HASH), ProxyFixture.key("other", KeyType.RANGE))
                                .projection(p -> p.projectionType(ProjectionType.ALL)))
                        .streamSpecification(
                                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                        .build())
                .tableDescription();
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }
}
