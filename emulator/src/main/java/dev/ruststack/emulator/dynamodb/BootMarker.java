package dev.ruststack.emulator.dynamodb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Tells one run of DynamoDB Local from the next: a table with a random name, in a data set that no client can reach.
 */
final class BootMarker {
    /** Accounts are numbers, so nobody's data set. */
    private static final DataSet OWN = new DataSet("ruststack", "boot");

    private BootMarker() {}

    /** The name of the table, made where there is none. */
    static String find(BackendConnection connection) throws IOException {
        var tables = call(connection, "ListTables", "{}");
        var names = DynamoDbProtocol.JSON.readTree(tables).path("TableNames");
        if (!names.isEmpty()) {
            return names.path(0).asString("");
        }
        var name = "boot-" + UUID.randomUUID();
        call(connection, "CreateTable", """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""".formatted(name));
        return name;
    }

    private static byte[] call(BackendConnection connection, String operation, String body) throws IOException {
        connection.send(DynamoDbOperation.target(operation), OWN, body.getBytes(StandardCharsets.UTF_8));
        var head = connection.receive();
        if (head == null) {
            throw new IOException("DynamoDB Local closed the connection");
        }
        var answer = connection.readBody(head);
        if (head.status() != 200) {
            throw new IOException(operation + ": status " + head.status() + " of what should be DynamoDB Local");
        }
        return answer;
    }
}
