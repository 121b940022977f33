package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.aws.InProcess.Answer;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls that a seed makes of one service. */
record Calls(AwsService service) {
    /** Numbers keep their exact text: 0.1 stays 0.1, and 20 digits stay 20 digits. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private static final String DYNAMODB = "DynamoDB_20120810.";
    private static final Pattern PASSING = Pattern.compile("ResourceNotFoundException|ResourceInUseException"
            + "|ResourceConflictException|TableInUseException|NoSuchBucket|NoSuchUpload|OperationAborted");

    Answer call(String method, String target, Headers headers, RequestBody body) throws IOException {
        return InProcess.call(service, new InProcess.Call(method, target, headers, body));
    }

    Answer call(String method, String target) throws IOException {
        return call(method, target, Headers.empty(), RequestBody.of(new byte[0]));
    }

    /** A call of a REST-JSON service. */
    Answer json(String method, String target, JsonNode document) throws IOException {
        return call(
                method,
                target,
                Headers.of("Content-Type", "application/json"),
                RequestBody.of(JSON.writeValueAsBytes(document)));
    }

    /** A call of DynamoDB. */
    Answer dynamoDb(String operation, JsonNode document) throws IOException {
        return call(
                "POST",
                "/",
                Headers.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", DYNAMODB + operation),
                RequestBody.of(JSON.writeValueAsBytes(document)));
    }

    static JsonNode read(Answer answer) throws SeedException {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new SeedException("an answer that is no JSON: " + answer.text());
        }
    }

    /** Throws what the service says against {@code what}. */
    static Answer require(Answer answer, String what) throws SeedException {
        if (answer.ok()) {
            return answer;
        }
        var message = what + ": " + error(answer);
        throw mayPass(answer.status(), error(answer)) ? new UnavailableException(message) : new SeedException(message);
    }

    /**
     * Whether an error may be gone at another attempt: clients may delete what is being seeded, and change functions that
     * are being updated.
     *
     * @param error begins with its code
     */
    static boolean mayPass(int status, String error) {
        return status >= 500 || status == 429 || PASSING.matcher(error).lookingAt();
    }

    /** Code and text of an error, out of its document. */
    static String error(Answer answer) {
        var text = answer.text();
        if (text.startsWith("<")) {
            return between(text, "<Code>", "</Code>") + ": " + between(text, "<Message>", "</Message>");
        }
        try {
            var document = JSON.readTree(text);
            var type = document.path("__type").asString(answer.headers().first("x-amzn-ErrorType", "error"));
            var message = document.has("Message") ? document.path("Message") : document.path("message");
            return type.substring(type.indexOf('#') + 1) + ": " + message.asString("");
        } catch (JacksonException e) {
            return "status " + answer.status() + " " + text;
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        int to = text.indexOf(end, from + 1);
        return from < 0 || to < 0 ? "" : text.substring(from + start.length(), to);
    }
}
