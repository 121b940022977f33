package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.dynamodb.TableNotes.TableKey;
import java.time.Clock;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations that DynamoDB Local lacks and whose answers are known all the same: tags, recovery to a point in time,
 * and the state of features that nobody can have turned on, which Terraform and others ask for in passing.
 */
final class OwnAnswers {
    private static final Pattern TABLE_ARN = Pattern.compile("arn:[a-z-]+:dynamodb:[^:]*:[0-9]*:table/([^/]+)(/.*)?");
    private static final int MINUTES_OF_AN_ENDPOINT = 1440;

    private final DynamoDbBackend backend;
    private final TagStore tags;
    private final ContinuousBackups backups;

    OwnAnswers(DynamoDbBackend backend, TagStore tags, Clock clock) {
        this.backend = backend;
        this.tags = tags;
        this.backups = new ContinuousBackups(backend.notes(), clock);
    }

    /** A call, the host name it was sent to, and its input. */
    record Question(DynamoDbCall call, String host, JsonNode input) {
        String operation() {
            return call.operation().name();
        }

        String text(String member) {
            return input.path(member).asString("");
        }
    }

    byte[] answer(Question question) throws InterruptedException {
        var answer = DynamoDbProtocol.JSON.createObjectNode();
        switch (question.operation()) {
            case "DescribeContinuousBackups" -> backups.describe(tableWithBackups(question), answer);
            case "UpdateContinuousBackups" -> {
                required(question, "PointInTimeRecoverySpecification");
                backups.update(tableWithBackups(question), question.input, answer);
            }
            case "DescribeContributorInsights" ->
                answer.put("TableName", existingTable(question)).put("ContributorInsightsStatus", "DISABLED");
            case "DescribeKinesisStreamingDestination" ->
                answer.put("TableName", existingTable(question)).putArray("KinesisDataStreamDestinations");
            case "DescribeEndpoints" ->
                answer.putArray("Endpoints")
                        .addObject()
                        .put("Address", question.host)
                        .put("CachePeriodInMinutes", MINUTES_OF_AN_ENDPOINT);
            case "GetResourcePolicy" -> {
                resource(question);
                throw DynamoDbError.POLICY_NOT_FOUND.saying(
                        DynamoDbError.POLICY_NOT_FOUND.message() + ": " + question.text("ResourceArn"));
            }
            case "ListBackups" -> answer.putArray("BackupSummaries");
            case "ListContributorInsights" -> answer.putArray("ContributorInsightsSummaries");
            case "ListExports" -> answer.putArray("ExportSummaries");
            case "ListGlobalTables" -> answer.putArray("GlobalTables");
            case "ListImports" -> answer.putArray("ImportSummaryList");
            case "ListTagsOfResource" -> listTags(question, answer);
            case "TagResource" -> tags.add(resource(question), required(question, "Tags"));
            case "UntagResource" -> tags.remove(resource(question), required(question, "TagKeys"));
            default -> throw new IllegalStateException(question.operation());
        }
        return DynamoDbProtocol.JSON.writeValueAsBytes(answer);
    }

    private TableKey tableWithBackups(Question question) throws InterruptedException {
        var table = tableName(question);
        if (!exists(question, table)) {
            throw DynamoDbError.TABLE_NOT_FOUND.saying("Table not found: " + table);
        }
        return new TableKey(question.call.caller(), table);
    }

    private void listTags(Question question, ObjectNode answer) throws InterruptedException {
        var list = answer.putArray("Tags");
        tags.of(resource(question))
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    }

    private String existingTable(Question question) throws InterruptedException {
        var table = tableName(question);
        if (!exists(question, table)) {
            throw DynamoDbError.RESOURCE_NOT_FOUND.saying(
                    "Requested resource not found: Table: " + table + " not found");
        }
        return table;
    }

    private static String tableName(Question question) {
        required(question, "TableName");
        return TableName.of(question.text("TableName"), question.operation(), question.call.caller());
    }

    /** The table that {@code ResourceArn} names. */
    private TableKey resource(Question question) throws InterruptedException {
        required(question, "ResourceArn");
        var arn = question.text("ResourceArn");
        var matcher = TABLE_ARN.matcher(arn);
        if (!matcher.matches()) {
            throw DynamoDbError.VALIDATION.saying("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        var table = TableName.of(arn, question.operation(), question.call.caller());
        if (table.equals(arn) || !exists(question, table)) {
            throw DynamoDbError.RESOURCE_NOT_FOUND.saying(
                    "Requested resource not found: ResourcArn: " + arn + " not found");
        }
        return new TableKey(question.call.caller(), table);
    }

    private static JsonNode required(Question question, String member) {
        var value = question.input.path(member);
        if (value.isMissingNode() || value.isNull()) {
            var name = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
            throw DynamoDbError.VALIDATION.saying("1 validation error detected: Value null at '" + name
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    private boolean exists(Question question, String table) throws InterruptedException {
        var name = DynamoDbProtocol.JSON.createObjectNode().put("TableName", table);
        return backend.call("DescribeTable", question.call.caller(), name, question.call.within())
                .has("Table");
    }
}
