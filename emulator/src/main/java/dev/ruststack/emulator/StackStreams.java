package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.lambda.eventsource.StreamException;
import dev.ruststack.emulator.lambda.eventsource.StreamSource;
import java.io.IOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The streams of the stack's own DynamoDB. */
record StackStreams(AwsService dynamoDb) implements StreamSource {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public JsonNode call(String operation, JsonNode input) throws StreamException {
        try {
            var answer = InProcess.call(
                    dynamoDb,
                    new InProcess.Call(
                            "POST",
                            "/",
                            Headers.of(
                                    "Content-Type",
                                    "application/x-amz-json-1.0",
                                    "X-Amz-Target",
                                    "DynamoDBStreams_20120810." + operation),
                            RequestBody.of(JSON.writeValueAsBytes(input))));
            var document = JSON.readTree(answer.body());
            if (answer.ok()) {
                return document;
            }
            var type = document.path("__type").asString("InternalFailure");
            throw new StreamException(
                    type.substring(type.indexOf('#') + 1),
                    document.path("message").asString(document.path("Message").asString("status " + answer.status())));
        } catch (IOException e) {
            throw new StreamException("ServiceUnavailable", e.toString());
        }
    }
}
