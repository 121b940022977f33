package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.dynamodb.TableNotes.Note;
import dev.ruststack.emulator.dynamodb.TableNotes.TableKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a table was defined with and DynamoDB Local takes and forgets: tags, the table class, the key of its
 * encryption, and its warm throughput. None of these has an effect here that could be seen, but descriptions tell them,
 * and Terraform compares.
 */
final class TableDefinitions {
    private static final Set<String> CLASSES = Set.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");
    private static final String CLASS = "TableClass";
    private static final String ENCRYPTION = "SSESpecification";

    private final DynamoDbBackend backend;
    private final TableNotes notes;
    private final TagStore tags;

    TableDefinitions(DynamoDbBackend backend, TagStore tags) {
        this.backend = backend;
        this.notes = backend.notes();
        this.tags = tags;
    }

    /**
     * Checks the input of CreateTable or UpdateTable for what DynamoDB Local would not even look at.
     *
     * @throws AwsException where something is wrong, or asks for what nobody here can do
     */
    static void check(JsonNode input, DynamoDbProtocol protocol) {
        for (var member : new String[] {"ResourcePolicy", "ReplicaUpdates", "GlobalTableWitnessUpdates"}) {
            if (input.has(member)) {
                throw protocol.notImplemented(member);
            }
        }
        TagStore.check(input.path("Tags"));
        if (input.has("KeySchema")) {
            TableThroughput.checkNew(input);
        }
        var tableClass = input.path(CLASS).asString("STANDARD");
        if (!CLASSES.contains(tableClass)) {
            throw DynamoDbError.VALIDATION.saying("1 validation error detected: Value '" + tableClass
                    + "' at 'tableClass' failed to satisfy constraint: Member must satisfy enum value set: "
                    + "[STANDARD, STANDARD_INFREQUENT_ACCESS]");
        }
    }

    /** What DynamoDB Local is to be asked for a change; one that names a table which is not there is left to it. */
    TableUpdate update(DynamoDbCall call, JsonNode input) throws InterruptedException {
        var update = TableUpdate.of(input);
        if (update.isPartial() || TableThroughput.isAsked(input)) {
            var name = DynamoDbProtocol.JSON.createObjectNode();
            name.set("TableName", input.path("TableName"));
            var table = backend.call("DescribeTable", call.caller(), name, call.within())
                    .path("Table");
            TableThroughput.checkChange(input, table, notes.of(table(call.caller(), input)));
            update.complete(table);
        }
        return update;
    }

    /** A table was made by this input. */
    void created(DataSet caller, JsonNode input) {
        var table = table(caller, input);
        notes.forget(table);
        if (!input.path("Tags").isEmpty()) {
            tags.add(table, input.path("Tags"));
        }
        updated(caller, input);
    }

    /** A table was changed by this input. */
    void updated(DataSet caller, JsonNode input) {
        var encryption = input.path(ENCRYPTION);
        notes.change(
                table(caller, input),
                before -> new Note(
                        before.tags(),
                        input.path(CLASS).asString(before.tableClass()),
                        encryption.isMissingNode() ? before.keyArn() : keyArn(caller, encryption),
                        TableThroughput.noted(input, before.warm()),
                        before.recovery()));
    }

    /** A table was deleted. */
    void deleted(DataSet caller, JsonNode input) {
        notes.forget(table(caller, input));
    }

    /** The members that belong to the description of a table and DynamoDB Local does not have, without braces. */
    String members(DataSet caller, JsonNode table) {
        var found = notes.of(table(caller, table));
        var members = DynamoDbProtocol.JSON.createObjectNode();
        if (found.tableClass() != null) {
            members.putObject("TableClassSummary").put(CLASS, found.tableClass());
        }
        if (found.keyArn() != null) {
            members.putObject("SSEDescription")
                    .put("Status", "ENABLED")
                    .put("SSEType", "KMS")
                    .put("KMSMasterKeyArn", found.keyArn());
        }
        var document = members.toString();
        var throughput = TableThroughput.members(table, found);
        return members.isEmpty() ? throughput : document.substring(1, document.length() - 1) + "," + throughput;
    }

    /** The same for each of its global secondary indexes. */
    List<String> indexMembers(DataSet caller, JsonNode table) {
        var found = notes.of(table(caller, table));
        return table.path("GlobalSecondaryIndexes")
                .valueStream()
                .map(index -> TableThroughput.members(index, table, found))
                .toList();
    }

    private static TableKey table(DataSet caller, JsonNode input) {
        return new TableKey(caller, input.path("TableName").asString(""));
    }

    private static @Nullable String keyArn(DataSet caller, JsonNode encryption) {
        if (!encryption.path("Enabled").asBoolean(false)) {
            return null;
        }
        var prefix = "arn:" + caller.partition() + ":kms:" + caller.region() + ":" + caller.accountId() + ":key/";
        var ofAws = UUID.nameUUIDFromBytes(prefix.getBytes(StandardCharsets.UTF_8));
        var key = encryption.path("KMSMasterKeyId").asString(ofAws.toString());
        return key.startsWith("arn:") ? key : prefix + key;
    }
}
