package dev.ruststack.emulator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** What DynamoDB Local lacks and tools ask for in passing. */
class OwnAnswersTest {
    private static final String PREFIX = "arn:aws:dynamodb:us-east-1:" + ProxyFixture.ACCOUNT + ":table/";
    private static final DynamoDbClient CLIENT = ProxyFixture.shared().client();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void tagsAreKept() {
        var name = "t-" + UUID.randomUUID();
        var arn = PREFIX + name;
        CLIENT.createTable(
                ProxyFixture.table(name).tags(tag("a", "1"), tag("b", "2")).build());

        CLIENT.tagResource(r -> r.resourceArn(arn).tags(tag("b", "3"), tag("c", "4")));
        CLIENT.untagResource(r -> r.resourceArn(arn).tagKeys("a"));

        assertThat(CLIENT.listTagsOfResource(r -> r.resourceArn(arn)).tags())
                .containsExactlyInAnyOrder(tag("b", "3"), tag("c", "4"));
    }

    @Test
    void tagsGoWithTheTable() {
        var name = "t-" + UUID.randomUUID();
        var arn = PREFIX + name;
        CLIENT.createTable(ProxyFixture.table(name).tags(tag("a", "1")).build());
        CLIENT.deleteTable(r -> r.tableName(name));

        assertThatThrownBy(() -> CLIENT.listTagsOfResource(r -> r.resourceArn(arn)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: ResourcArn: " + arn + " not found");

        CLIENT.createTable(ProxyFixture.table(name).build());
        assertThat(CLIENT.listTagsOfResource(r -> r.resourceArn(arn)).tags()).isEmpty();
    }

    @Test
    void tagsOfAwsItselfAreRefusedAndTheTableIsNotMade() {
        var name = "t-" + UUID.randomUUID();

        assertThatThrownBy(() -> CLIENT.createTable(
                        ProxyFixture.table(name).tags(tag("aws:x", "1")).build()))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("aws:");
        assertThat(CLIENT.listTables().tableNames()).doesNotContain(name);
    }

    @Test
    void tableClassAndEncryptionAreToldAsTheyWereDefined() {
        var name = "t-" + UUID.randomUUID();
        CLIENT.createTable(ProxyFixture.table(name)
                .tableClass(TableClass.STANDARD_INFREQUENT_ACCESS)
                .sseSpecification(s -> s.enabled(true))
                .build());

        var table = CLIENT.describeTable(r -> r.tableName(name)).table();
        assertThat(table.tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(table.sseDescription().status()).isEqualTo(SSEStatus.ENABLED);
        assertThat(table.sseDescription().kmsMasterKeyArn())
                .startsWith("arn:aws:kms:us-east-1:" + ProxyFixture.ACCOUNT + ":key/");

        var updated = CLIENT.updateTable(
                        r -> r.tableName(name).tableClass(TableClass.STANDARD).sseSpecification(s -> s.enabled(false)))
                .tableDescription();
        assertThat(updated.tableName()).isEqualTo(name);
        assertThat(updated.tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD);
        assertThat(updated.sseDescription()).isNull();
    }

    @Test
    void aTableClassThatIsNoneIsRefused() {
        assertThatThrownBy(() -> CLIENT.createTable(ProxyFixture.table("t-" + UUID.randomUUID())
                        .tableClass("GOLD")
                        .build()))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("'GOLD' at 'tableClass'");
    }

    @Test
    void everyTableGoesWhenTheStackIsReset() throws Exception {
        var fixture = ProxyFixture.shared();
        try (var own = fixture.client("777788889999", Region.EU_WEST_1)) {
            own.createTable(ProxyFixture.table("protected")
                    .deletionProtectionEnabled(true)
                    .build());
            ProxyFixture.createTable(own);

            fixture.backend.clear();

            assertThat(own.listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void featuresThatNobodyTurnedOnAreOff() {
        var name = ProxyFixture.createTable(CLIENT);

        var backups = CLIENT.describeContinuousBackups(r -> r.tableName(name)).continuousBackupsDescription();
        assertThat(backups.continuousBackupsStatus()).isEqualTo(ContinuousBackupsStatus.ENABLED);
        assertThat(backups.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus())
                .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
        assertThat(CLIENT.describeContributorInsights(r -> r.tableName(name)).contributorInsightsStatus())
                .isEqualTo(ContributorInsightsStatus.DISABLED);
        assertThat(CLIENT.describeKinesisStreamingDestination(r -> r.tableName(name))
                        .kinesisDataStreamDestinations())
                .isEmpty();
        assertThatThrownBy(() -> CLIENT.getResourcePolicy(r -> r.resourceArn(PREFIX + name)))
                .isInstanceOf(PolicyNotFoundException.class);
        assertThat(CLIENT.listBackups().backupSummaries()).isEmpty();
        assertThat(CLIENT.listGlobalTables().globalTables()).isEmpty();
        assertThat(CLIENT.listExports(r -> {}).exportSummaries()).isEmpty();
        assertThat(CLIENT.listImports(r -> {}).importSummaryList()).isEmpty();
        assertThat(CLIENT.listContributorInsights(r -> {}).contributorInsightsSummaries())
                .isEmpty();
        assertThat(CLIENT.describeEndpoints(r -> {}).endpoints().getFirst().address())
                .startsWith("127.0.0.1:");
    }

    @Test
    void theBackupsOfAMissingTableAreNotFound() {
        assertThatThrownBy(() -> CLIENT.describeContinuousBackups(r -> r.tableName("nowhere")))
                .isInstanceOf(TableNotFoundException.class)
                .hasMessageContaining("Table not found: nowhere");
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
