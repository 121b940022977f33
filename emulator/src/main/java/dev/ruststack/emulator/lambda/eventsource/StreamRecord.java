package dev.ruststack.emulator.lambda.eventsource;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record of a stream.
 *
 * @param json as functions get it
 */
record StreamRecord(ObjectNode json) {
    /** What GetRecords tells of a record, made what Lambda tells of it. */
    static StreamRecord of(JsonNode record, EventSourceMapping mapping) {
        var change = ((ObjectNode) record.path("dynamodb").deepCopy());
        change.put(
                "ApproximateCreationDateTime",
                change.path("ApproximateCreationDateTime").asLong(0));
        var json = ((ObjectNode) record).objectNode();
        json.set("eventID", record.path("eventID"));
        json.set("eventName", record.path("eventName"));
        json.put("eventVersion", "1.1")
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", mapping.region())
                .set("dynamodb", change);
        if (record.path("userIdentity").isObject()) {
            json.set("userIdentity", record.path("userIdentity"));
        }
        return new StreamRecord(json.put("eventSourceARN", mapping.eventSourceArn()));
    }

    String sequenceNumber() {
        return json.path("dynamodb").path("SequenceNumber").asString();
    }

    /** The value of a key, whatever its type. */
    String key(String attribute) {
        return json.path("dynamodb").path("Keys").path(attribute).toString();
    }

    /** To the second, as DynamoDB has it. */
    Instant created() {
        return Instant.ofEpochSecond(
                json.path("dynamodb").path("ApproximateCreationDateTime").asLong());
    }
}
