package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AwsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * Makes a request one that DynamoDB Local understands: names in place of the ARNs of tables, and its own ARNs in place
 * of the real ones of streams.
 */
final class RequestRewriter {
    private static final byte[] ARN = {'a', 'r', 'n', ':'};
    private static final List<String> TRANSACTED = List.of("ConditionCheck", "Delete", "Get", "Put", "Update");

    private RequestRewriter() {}

    /**
     * A request for DynamoDB Local.
     *
     * @param tableArns the ARN by which the caller named a table, by the table's name; answers name it so, too
     * @param whole false where the body, once sent, was given up for its size
     */
    record Rewritten(byte[] body, Map<String, String> tableArns, boolean whole) {
        private static final byte[] NOTHING = {};

        Rewritten withoutBody() {
            return new Rewritten(NOTHING, tableArns, false);
        }
    }

    /** @throws AwsException where an ARN is that of another account or region, or the body is not JSON */
    static Rewritten rewrite(DynamoDbOperation operation, DataSet caller, byte[] body) {
        if (!mayHoldArn(body)) {
            return new Rewritten(body, Map.of(), true);
        }
        var tableArns = new HashMap<String, String>();
        try {
            return new Rewritten(JsonSplicer.splice(body, edits(operation, caller, tableArns)), tableArns, true);
        } catch (JacksonException e) {
            throw DynamoDbError.SERIALIZATION.error();
        }
    }

    private static JsonEdits edits(DynamoDbOperation operation, DataSet caller, Map<String, String> tableArns) {
        var edits = new JsonEdits()
                .value("TableName", text -> name(text, operation, caller, tableArns))
                .names("RequestItems", text -> name(text, operation, caller, tableArns))
                .value("StreamArn", caller::toLocal)
                .value("ExclusiveStartStreamArn", caller::toLocal)
                .value("ShardIterator", caller::toLocal);
        for (var transacted : TRANSACTED) {
            edits.value("TransactItems/" + transacted + "/TableName", text -> name(text, operation, caller, tableArns));
        }
        return edits;
    }

    private static String name(
            String nameOrArn, DynamoDbOperation operation, DataSet caller, Map<String, String> tableArns) {
        var name = TableName.of(nameOrArn, operation.name(), caller);
        if (!name.equals(nameOrArn)) {
            tableArns.put(name, nameOrArn);
        }
        return name;
    }

    /** Most requests hold no ARN at all; they need not be parsed. */
    private static boolean mayHoldArn(byte[] body) {
        for (int at = 0; at <= body.length - ARN.length; at++) {
            if (body[at] == ARN[0] && body[at + 1] == ARN[1] && body[at + 2] == ARN[2] && body[at + 3] == ARN[3]) {
                return true;
            }
        }
        return false;
    }
}
