package dev.ruststack.emulator.lambda.eventsource;

import tools.jackson.databind.JsonNode;

/** DynamoDB's streams. AWS: Amazon DynamoDB Streams API Reference. */
public interface StreamSource {
    /** Calls an operation, such as {@code GetRecords}. */
    JsonNode call(String operation, JsonNode input) throws StreamException;
}
