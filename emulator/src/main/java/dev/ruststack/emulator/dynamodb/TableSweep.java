package dev.ruststack.emulator.dynamodb;

import tools.jackson.databind.JsonNode;

/** Deletes every table of one data set. */
record TableSweep(DynamoDbBackend backend, DataSet dataSet) {
    void sweep() throws InterruptedException {
        for (var tables = tables(); !tables.isEmpty(); tables = tables()) {
            for (var table : tables) {
                delete(table.asString());
            }
        }
    }

    private JsonNode tables() throws InterruptedException {
        return call("ListTables", DynamoDbProtocol.JSON.createObjectNode()).path("TableNames");
    }

    /** A table that is protected against it is deleted, too: the whole stack is reset. */
    private void delete(String table) throws InterruptedException {
        var name = DynamoDbProtocol.JSON.createObjectNode().put("TableName", table);
        if (call("DeleteTable", name).has("__type")) {
            call("UpdateTable", name.deepCopy().put("DeletionProtectionEnabled", false));
            var answer = call("DeleteTable", name);
            if (answer.has("__type")) {
                throw new IllegalStateException("table " + table + " cannot be deleted: " + answer);
            }
        }
    }

    private JsonNode call(String operation, JsonNode input) throws InterruptedException {
        return backend.call(operation, dataSet, input, true);
    }
}
