package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * What Terraform's provider calls for {@code aws_dynamodb_table}: create and wait, read every field back so that a plan
 * is empty, change in the provider's phases, destroy.
 */
class TerraformTableTest {
    private static final DynamoDbClient CLIENT = ProxyFixture.shared().client();

    private final String table = "terraform-" + UUID.randomUUID();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private void create(Consumer<CreateTableRequest.Builder> more) {
        var request = ProxyFixture.table(table);
        more.accept(request);
        CLIENT.createTable(request.build());
        awaitSettled();
    }

    private void update(Consumer<UpdateTableRequest.Builder> change) {
        var request = UpdateTableRequest.builder().tableName(table);
        change.accept(request);
        CLIENT.updateTable(request.build());
        awaitSettled();
    }

    /** As the provider waits: for the table, its indexes, and the warm throughput of both. */
    private void awaitSettled() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var read = read();
            assertThat(read.tableStatus()).isEqualTo(TableStatus.ACTIVE);
            assertThat(read.warmThroughput().status()).isEqualTo(TableStatus.ACTIVE);
            assertThat(read.globalSecondaryIndexes()).allSatisfy(index -> {
                assertThat(index.indexStatus()).isEqualTo(IndexStatus.ACTIVE);
                assertThat(index.warmThroughput().status()).isEqualTo(IndexStatus.ACTIVE);
            });
        });
    }

    private TableDescription read() {
        return CLIENT.describeTable(get -> get.tableName(table)).table();
    }

    private GlobalSecondaryIndexDescription index() {
        return read().globalSecondaryIndexes().getFirst();
    }

    private ContinuousBackupsDescription backups() {
        return CLIENT.describeContinuousBackups(get -> get.tableName(table)).continuousBackupsDescription();
    }

    @Test
    void everyFieldIsReadBackAsConfiguredChangedAndDestroyed() {
        create(table -> table.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(6L))
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .deletionProtectionEnabled(true)
                .tableClass(TableClass.STANDARD_INFREQUENT_ACCESS)
                .sseSpecification(encryption -> encryption.enabled(true))
                .tags(tag("team", "web")));
        CLIENT.updateTimeToLive(change -> change.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
        CLIENT.updateContinuousBackups(change -> change.tableName(table)
                .pointInTimeRecoverySpecification(
                        recovery -> recovery.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(7)));

        var read = read();
        assertThat(read.billingModeSummary()).isNull();
        assertThat(read.provisionedThroughput().readCapacityUnits()).isEqualTo(5);
        assertThat(read.warmThroughput().readUnitsPerSecond()).isEqualTo(5);
        assertThat(read.warmThroughput().writeUnitsPerSecond()).isEqualTo(6);
        assertThat(read.deletionProtectionEnabled()).isTrue();
        assertThat(read.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(read.latestStreamArn())
                .startsWith(read.tableArn() + "/stream/")
                .endsWith(read.latestStreamLabel());
        assertThat(read.tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(read.sseDescription().kmsMasterKeyArn()).startsWith("arn:aws:kms:us-east-1:");
        assertThat(read.replicas()).isEmpty();
        assertThat(CLIENT.listTagsOfResource(get -> get.resourceArn(read.tableArn()))
                        .tags())
                .containsExactly(tag("team", "web"));
        var ttl = CLIENT.describeTimeToLive(get -> get.tableName(table)).timeToLiveDescription();
        assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(ttl.attributeName()).isEqualTo("expires");
        var recovery = backups().pointInTimeRecoveryDescription();
        assertThat(recovery.pointInTimeRecoveryStatus()).isEqualTo(PointInTimeRecoveryStatus.ENABLED);
        assertThat(recovery.recoveryPeriodInDays()).isEqualTo(7);
        assertThat(recovery.earliestRestorableDateTime()).isNotNull();
        assertThat(read()).as("a plan is empty").isEqualTo(read);

        update(change -> change.tableClass(TableClass.STANDARD));
        update(change -> change.billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(false)
                .streamSpecification(stream -> stream.streamEnabled(false)));
        update(change -> change.sseSpecification(encryption -> encryption.enabled(false)));
        CLIENT.updateTimeToLive(change -> change.tableName(table)
                .timeToLiveSpecification(off -> off.enabled(false).attributeName("expires")));
        CLIENT.updateContinuousBackups(change ->
                change.tableName(table).pointInTimeRecoverySpecification(off -> off.pointInTimeRecoveryEnabled(false)));
        CLIENT.untagResource(change -> change.resourceArn(read.tableArn()).tagKeys("team"));

        var changed = read();
        assertThat(changed.tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD);
        assertThat(changed.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(changed.warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);
        assertThat(changed.deletionProtectionEnabled()).isFalse();
        assertThat(changed.streamSpecification()).isNull();
        assertThat(changed.sseDescription()).isNull();
        assertThat(backups().pointInTimeRecoveryDescription().pointInTimeRecoveryStatus())
                .isEqualTo(PointInTimeRecoveryStatus.DISABLED);

        CLIENT.deleteTable(delete -> delete.tableName(table));
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(this::read)
                        .isInstanceOf(ResourceNotFoundException.class)
                        .hasMessageContaining("Requested resource not found: Table: "));
    }

    @Test
    void indexesAreRemovedAndAddedOneAfterTheOther() {
        create(table -> table.attributeDefinitions(ProxyFixture.attribute("id"), ProxyFixture.attribute("owner"))
                .globalSecondaryIndexes(index -> index.indexName("by-owner")
                        .keySchema(ProxyFixture.key("owner", KeyType.HASH))
                        .projection(all -> all.projectionType(ProjectionType.ALL))));
        assertThat(index().indexName()).isEqualTo("by-owner");
        assertThat(index().provisionedThroughput().readCapacityUnits())
                .as("without it the provider has no name of the index")
                .isZero();
        assertThat(index().warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);

        update(change ->
                change.globalSecondaryIndexUpdates(index -> index.delete(delete -> delete.indexName("by-owner"))));
        Awaitility.await()
                .untilAsserted(() -> assertThat(read().globalSecondaryIndexes()).isEmpty());
        update(change -> change.attributeDefinitions(ProxyFixture.attribute("id"), ProxyFixture.attribute("day"))
                .globalSecondaryIndexUpdates(index -> index.create(create -> create.indexName("by-day")
                        .keySchema(ProxyFixture.key("day", KeyType.HASH))
                        .projection(some ->
                                some.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("note"))
                        .warmThroughput(warm -> warm.readUnitsPerSecond(13_000L).writeUnitsPerSecond(5_000L)))));

        assertThat(index().projection().nonKeyAttributes()).containsExactly("note");
        assertThat(index().warmThroughput().readUnitsPerSecond()).isEqualTo(13_000);
        update(change -> change.globalSecondaryIndexUpdates(index -> index.update(more -> more.indexName("by-day")
                .warmThroughput(warm -> warm.readUnitsPerSecond(14_000L).writeUnitsPerSecond(5_000L)))));
        assertThat(index().warmThroughput().readUnitsPerSecond()).isEqualTo(14_000);
    }

    @Test
    void warmThroughputGrowsAndNeverShrinks() {
        create(table ->
                table.warmThroughput(warm -> warm.readUnitsPerSecond(13_000L).writeUnitsPerSecond(4_000L)));

        update(change -> change.warmThroughput(warm -> warm.writeUnitsPerSecond(5_000L)));

        assertThat(read().warmThroughput().readUnitsPerSecond()).isEqualTo(13_000);
        assertThat(read().warmThroughput().writeUnitsPerSecond()).isEqualTo(5_000);
        assertThatThrownBy(() -> update(change -> change.warmThroughput(warm -> warm.readUnitsPerSecond(12_500L))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current"
                        + " WarmThroughput, decreasing WarmThroughput is not supported");
    }

    @Test
    void aNewTableIsAtLeastAsWarmAsAnyOther() {
        assertThatThrownBy(() -> create(table -> table.warmThroughput(warm -> warm.readUnitsPerSecond(1L))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("for table is lower than initial throughput for OnDemand");
    }

    @Test
    void oneLimitOfThroughputOnDemandChangesAlone() {
        create(table -> table.onDemandThroughput(
                limits -> limits.maxReadRequestUnits(10L).maxWriteRequestUnits(20L)));

        update(change -> change.onDemandThroughput(limits -> limits.maxReadRequestUnits(11L)));

        assertThat(read().onDemandThroughput().maxReadRequestUnits()).isEqualTo(11);
        assertThat(read().onDemandThroughput().maxWriteRequestUnits()).isEqualTo(20);
    }

    @Test
    void aChangeOfNothingIsRefused() {
        create(table -> {});

        assertThatThrownBy(() -> update(change -> {})).isInstanceOf(DynamoDbException.class);
    }

    @Test
    void recoveryIsOfOneToThirtyFiveDays() {
        create(table -> {});

        assertThatThrownBy(() -> CLIENT.updateContinuousBackups(change -> change.tableName(table)
                        .pointInTimeRecoverySpecification(recovery ->
                                recovery.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(36))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to"
                        + " satisfy constraint: Member must have value less than or equal to 35");
        assertThatThrownBy(() -> CLIENT.updateContinuousBackups(change -> change.tableName("nowhere")
                        .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true))))
                .isInstanceOf(TableNotFoundException.class);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
