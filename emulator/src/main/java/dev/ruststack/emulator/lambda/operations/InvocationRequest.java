package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the operations that invoke a function read from a request in the same way. */
final class InvocationRequest {
    private static final int MAX_CLIENT_CONTEXT = 3_583;

    private InvocationRequest() {}

    /** The function; unlike elsewhere, one that is not there is named with the version that was meant. */
    static FunctionConfiguration function(Functions functions, FunctionName name) {
        var meant = name.qualifier() == null
                ? new FunctionName(name.accountId(), name.region(), name.name(), FunctionName.LATEST)
                : name;
        var function = functions.require(meant).route(meant.qualifier(), ThreadLocalRandom.current());
        if (function == null) {
            throw meant.notFound();
        }
        if (function.state().equals(State.PENDING)) {
            throw Functions.notNow("The function is currently in the following state: Pending");
        }
        return function;
    }

    /** The client context, decoded. */
    static @Nullable String clientContext(@Nullable String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return null;
        }
        if (encoded.length() > MAX_CLIENT_CONTEXT) {
            throw LambdaError.INVALID_REQUEST_CONTENT.saying(
                    "Client context must be no more than " + MAX_CLIENT_CONTEXT + " bytes when base64-encoded.");
        }
        try {
            var json = Base64.getDecoder().decode(encoded);
            JsonSyntax.require(json, "Could not parse client context into json: ");
            return new String(json, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw LambdaError.INVALID_REQUEST_CONTENT.saying(
                    "Client context must be a valid Base64-encoded JSON object.");
        }
    }

    /** The event; no payload is an empty object. */
    static byte[] event(Payload payload, int limit) throws IOException {
        var tooLarge = LambdaError.REQUEST_TOO_LARGE.saying(
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
        var event = payload.bytes(limit, tooLarge);
        if (event.length == 0) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
        JsonSyntax.require(event, "Could not parse request body into json: Could not parse payload into json: ");
        return event;
    }
}
