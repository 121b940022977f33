package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What clients do with DynamoDB, through the wire; the SDK checks the CRC-32 of every answer. */
@SuppressWarnings("unchecked") // The SDK takes arrays of generic builders.
class DynamoDbProxyTest {
    private static final ProxyFixture FIXTURE = ProxyFixture.shared();
    private static final DynamoDbClient CLIENT = FIXTURE.client();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void itemsAreWrittenReadChangedAndDeleted() {
        var table = ProxyFixture.createTable(CLIENT);
        CLIENT.putItem(r -> r.tableName(table).item(Map.of("id", text("1"), "n", number("1.5"))));

        assertThat(CLIENT.getItem(r -> r.tableName(table).key(Map.of("id", text("1"))))
                        .item())
                .isEqualTo(Map.of("id", text("1"), "n", number("1.5")));

        var updated = CLIENT.updateItem(r -> r.tableName(table)
                .key(Map.of("id", text("1")))
                .updateExpression("ADD n :one")
                .expressionAttributeValues(Map.of(":one", number("1")))
                .returnValues(ReturnValue.ALL_NEW));
        assertThat(updated.attributes()).containsEntry("n", number("2.5"));

        CLIENT.deleteItem(r -> r.tableName(table).key(Map.of("id", text("1"))));
        assertThat(CLIENT.getItem(r -> r.tableName(table).key(Map.of("id", text("1"))))
                        .hasItem())
                .isFalse();
    }

    @Test
    void everyTypeSurvives() {
        var table = ProxyFixture.createTable(CLIENT);
        var bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 127, -128});
        var item = Map.of(
                "id", text("é€😀\u2028\"\\/<&>\u0001"),
                "b", AttributeValue.fromB(bytes),
                "n", number("12345678901234567890123456789012345678"),
                "bool", AttributeValue.fromBool(true),
                "nul", AttributeValue.fromNul(true),
                "ss", AttributeValue.fromSs(List.of("a", "b")),
                "bs", AttributeValue.fromBs(List.of(bytes)),
                "l", AttributeValue.fromL(List.of(text("x"), number("1"))),
                "m", AttributeValue.fromM(Map.of("Message", text("m"), "TableArn", text("t"))));

        CLIENT.putItem(r -> r.tableName(table).item(item));

        assertThat(CLIENT.scan(r -> r.tableName(table)).items()).containsExactly(item);
    }

    @Test
    void textThatLooksLikeAnArnOfDynamoDbLocalIsLeftAlone() {
        var local = "arn:aws:dynamodb:ddblocal:000000000000:table/x";
        var mine = "arn:aws:dynamodb:us-east-1:" + ProxyFixture.ACCOUNT + ":table/x";
        var name = "t-" + UUID.randomUUID();
        CLIENT.createTable(ProxyFixture.table(name)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
                .build());
        var item = Map.of(
                "id", text(local),
                "TableName", text(mine),
                "TableArn", AttributeValue.fromM(Map.of("awsRegion", text("ddblocal"), local, text(local))));

        CLIENT.putItem(r -> r.tableName(mine.replace("/x", "/" + name)).item(item));

        assertThat(CLIENT.getItem(r -> r.tableName(name).key(Map.of("id", text(local))))
                        .item())
                .isEqualTo(item);
        assertThatThrownBy(() -> CLIENT.putItem(r -> r.tableName(name)
                        .item(item)
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure("ALL_OLD")))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        e -> assertThat(e.item()).isEqualTo(item));
        assertThat(new StreamReader(FIXTURE).records(name))
                .singleElement()
                .satisfies(record -> assertThat(record.dynamodb().newImage()).hasSize(3));
    }

    @Test
    void aLargeItemSurvives() {
        var table = ProxyFixture.createTable(CLIENT);
        var value = text("x".repeat(399 * 1024));

        CLIENT.putItem(r -> r.tableName(table).item(Map.of("id", text("1"), "v", value)));

        assertThat(CLIENT.getItem(r -> r.tableName(table).key(Map.of("id", text("1"))))
                        .item())
                .containsEntry("v", value);
    }

    @Test
    void indexesAreQueried() {
        var name = "t-" + UUID.randomUUID();
        CLIENT.createTable(ProxyFixture.table(name)
                .attributeDefinitions(ProxyFixture.attribute("id"), ProxyFixture.attribute("customer"))
                .globalSecondaryIndexes(i -> i.indexName("by-customer")
                        .keySchema(ProxyFixture.key("customer", KeyType.HASH), ProxyFixture.key("id", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.ALL)))
                .build());
        for (int i = 0; i < 5; i++) {
            var item = Map.of("id", text("" + i), "customer", text(i < 3 ? "a" : "b"));
            CLIENT.putItem(r -> r.tableName(name).item(item));
        }

        var found = CLIENT.query(r -> r.tableName(name)
                .indexName("by-customer")
                .keyConditionExpression("customer = :c")
                .expressionAttributeValues(Map.of(":c", text("a"))));

        assertThat(found.items()).extracting(item -> item.get("id").s()).containsExactly("0", "1", "2");
    }

    @Test
    void pagesAreFollowedToTheEnd() {
        var table = ProxyFixture.createTable(CLIENT);
        var filling = text("x".repeat(300_000));
        for (int i = 0; i < 12; i++) {
            var item = Map.of("id", text("" + i), "v", filling);
            CLIENT.putItem(r -> r.tableName(table).item(item));
        }

        var pages = new ArrayList<Integer>();
        CLIENT.scanPaginator(r -> r.tableName(table)).forEach(page -> pages.add(page.count()));

        assertThat(pages).hasSizeGreaterThan(2);
        assertThat(pages.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);
    }

    @Test
    void batchesAreWrittenAndRead() {
        var table = ProxyFixture.createTable(CLIENT);
        var writes = IntStream.range(0, 25)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(PutRequest.builder()
                                .item(Map.of("id", text("" + i)))
                                .build())
                        .build())
                .toList();

        assertThat(CLIENT.batchWriteItem(r -> r.requestItems(Map.of(table, writes)))
                        .unprocessedItems())
                .isEmpty();

        var keys =
                IntStream.range(0, 25).mapToObj(i -> Map.of("id", text("" + i))).toList();
        var read = CLIENT.batchGetItem(r -> r.requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
        assertThat(read.responses().get(table)).hasSize(25);
    }

    @Test
    void batchesOfManyMegabytesPass() {
        var table = ProxyFixture.createTable(CLIENT);
        var filling = text("x".repeat(390_000));
        for (int i = 0; i < 38; i += 19) {
            var writes = IntStream.range(i, i + 19)
                    .mapToObj(n -> WriteRequest.builder()
                            .putRequest(PutRequest.builder()
                                    .item(Map.of("id", text("" + n), "v", filling))
                                    .build())
                            .build())
                    .toList();
            CLIENT.batchWriteItem(r -> r.requestItems(Map.of(table, writes)));
        }

        var keys =
                IntStream.range(0, 38).mapToObj(i -> Map.of("id", text("" + i))).toList();
        var read = CLIENT.batchGetItem(r -> r.requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(keys).build())));
        assertThat(read.responses().get(table)).hasSize(38);
    }

    @Test
    void aCancelledTransactionTellsItsReasons() {
        var table = ProxyFixture.createTable(CLIENT);
        CLIENT.putItem(r -> r.tableName(table).item(Map.of("id", text("there"))));

        assertThatThrownBy(() -> CLIENT.transactWriteItems(r -> r.transactItems(
                        i -> i.put(p -> p.tableName(table)
                                .item(Map.of("id", text("there")))
                                .conditionExpression("attribute_not_exists(id)")
                                .returnValuesOnConditionCheckFailure("ALL_OLD")),
                        i -> i.put(p -> p.tableName(table).item(Map.of("id", text("new")))))))
                .isInstanceOfSatisfying(TransactionCanceledException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons"
                                    + " [ConditionalCheckFailed, None]");
                    assertThat(e.cancellationReasons())
                            .extracting(reason -> reason.code() + " " + reason.message())
                            .containsExactly("ConditionalCheckFailed The conditional request failed", "None null");
                    assertThat(e.cancellationReasons().getFirst().item()).containsEntry("id", text("there"));
                });
        assertThat(CLIENT.scan(r -> r.tableName(table)).count()).isEqualTo(1);
    }

    @Test
    void partiQlIsSpoken() {
        var table = ProxyFixture.createTable(CLIENT);

        CLIENT.executeStatement(r -> r.statement("INSERT INTO \"" + table + "\" VALUE {'id': ?, 'n': 1}")
                .parameters(text("1")));
        CLIENT.executeTransaction(
                r -> r.transactStatements(s -> s.statement("UPDATE \"" + table + "\" SET n = 2 WHERE id = '1'")));
        var read = CLIENT.batchExecuteStatement(
                r -> r.statements(s -> s.statement("SELECT * FROM \"" + table + "\" WHERE id = '1'")));

        assertThat(read.responses())
                .singleElement()
                .satisfies(one -> assertThat(one.item()).isEqualTo(Map.of("id", text("1"), "n", number("2"))));
    }

    @Test
    void timeToLiveIsKept() {
        var table = ProxyFixture.createTable(CLIENT);

        CLIENT.updateTimeToLive(r ->
                r.tableName(table).timeToLiveSpecification(t -> t.enabled(true).attributeName("expires")));

        var described = CLIENT.describeTimeToLive(r -> r.tableName(table)).timeToLiveDescription();
        assertThat(described.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(described.attributeName()).isEqualTo("expires");
    }

    @Test
    void accountsAndRegionsAreApart() {
        var name = "t-" + UUID.randomUUID();
        try (var other = FIXTURE.client("444455556666", Region.US_EAST_1);
                var elsewhere = FIXTURE.client("444455556666", Region.EU_WEST_1);
                var sameAccount = FIXTURE.client(ProxyFixture.ACCOUNT, Region.US_EAST_1)) {
            CLIENT.createTable(ProxyFixture.table(name).build());
            other.createTable(ProxyFixture.table(name).build());
            CLIENT.putItem(r -> r.tableName(name).item(Map.of("id", text("1"))));

            assertThat(other.scan(r -> r.tableName(name)).count()).isZero();
            assertThat(sameAccount.scan(r -> r.tableName(name)).count()).isEqualTo(1);
            assertThat(elsewhere.listTables().tableNames()).doesNotContain(name);
            assertThat(other.describeTable(r -> r.tableName(name)).table().tableArn())
                    .isEqualTo("arn:aws:dynamodb:us-east-1:444455556666:table/" + name);
        }
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(String number) {
        return AttributeValue.fromN(number);
    }
}
