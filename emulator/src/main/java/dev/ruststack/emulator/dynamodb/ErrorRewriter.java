package dev.ruststack.emulator.dynamodb;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes an error of DynamoDB Local one of AWS: the member names, the texts that differ, and real ARNs. */
final class ErrorRewriter {
    /** Whose text is in {@code Message}; of all others it is in {@code message}. AWS: the DynamoDB service model. */
    private static final Set<String> CAPITAL = Set.of(
            "TransactionCanceledException", "TransactionInProgressException", "IdempotentParameterMismatchException");

    private static final String NO_TABLE = "Cannot do operations on a non-existent table";
    /** Of one item by its key, where the key is not that of the table. */
    private static final String NO_KEY = "One of the required keys was not given a value";

    private static final Set<String> BY_KEY = Set.of("DeleteItem", "GetItem", "UpdateItem");

    private static final String TABLE_EXISTS = "Cannot create preexisting table";

    private ErrorRewriter() {}

    /** @param request the request as DynamoDB Local got it */
    static byte[] rewrite(DynamoDbOperation operation, DataSet caller, byte[] request, byte[] error) {
        var type = DynamoDbProtocol.JSON.readTree(error).path("__type").asString("");
        boolean capital = CAPITAL.contains(type.substring(type.indexOf('#') + 1));
        var edits = new JsonEdits()
                .names("", name -> name.equals("Message") && !capital ? "message" : name)
                .value("CancellationReasons/Message", caller::fromLocal);
        for (var member : Set.of("Message", "message")) {
            edits.value(member, text -> caller.fromLocal(text(operation, request, type, text)));
        }
        return JsonSplicer.splice(error, edits);
    }

    private static String text(DynamoDbOperation operation, byte[] request, String type, String text) {
        if (text.equals(NO_TABLE)) {
            var notFound = DynamoDbError.RESOURCE_NOT_FOUND.message();
            return operation.ofTables() ? notFound + ": Table: " + tableName(request) + " not found" : notFound;
        }
        if (text.equals(TABLE_EXISTS)) {
            return "Table already exists: " + tableName(request);
        }
        if (text.equals(NO_KEY) && BY_KEY.contains(operation.name())) {
            return "The provided key element does not match the schema";
        }
        if (text.isEmpty() && type.endsWith("#IdempotentParameterMismatchException")) {
            return "The provided client token was used before with other parameters";
        }
        return text;
    }

    private static String tableName(byte[] request) {
        try {
            JsonNode document = DynamoDbProtocol.JSON.readTree(request);
            return document.path("TableName").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
