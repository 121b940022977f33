package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class InvokeTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:orders";

    @BeforeAll
    static void create() {
        STACK.create("orders");
    }

    @BeforeEach
    void echo() {
        STACK.invoker().script((function, invocation) -> new Outcome.Returned(invocation.payload(), new byte[0]));
    }

    @Test
    void givesTheResultAndTheVersion() {
        var answer =
                STACK.client().invoke(invoke -> invoke.functionName("orders").payload(json("{\"a\":1}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"a\":1}");
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.functionError()).isNull();
        assertThat(answer.logResult()).isNull();
    }

    @Test
    void functionSeesTheRequestIdOfTheAnswer() {
        var answer = STACK.client().invoke(invoke -> invoke.functionName("orders"));

        var invocation = STACK.invoker().lastAsked().invocation();
        assertThat(invocation.requestId())
                .isEqualTo(answer.responseMetadata().requestId())
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(invocation.traceId()).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
    }

    @Test
    void noPayloadIsAnEmptyObject() {
        STACK.client().invoke(invoke -> invoke.functionName("orders"));

        assertThat(STACK.invoker().lastAsked().invocation().payload())
                .asString()
                .isEqualTo("{}");
    }

    @Test
    void arnIsQualifiedOnlyWhereItWasInvokedSo() {
        STACK.client().invoke(invoke -> invoke.functionName(ARN));
        assertThat(STACK.invoker().lastAsked().invocation().invokedFunctionArn())
                .isEqualTo(ARN);

        STACK.client().invoke(invoke -> invoke.functionName("orders").qualifier("$LATEST"));
        assertThat(STACK.invoker().lastAsked().invocation().invokedFunctionArn())
                .isEqualTo(ARN + ":$LATEST");
    }

    @Test
    void failureOfTheFunctionIsA200ThatSaysUnhandled() {
        STACK.invoker()
                .script((function, invocation) ->
                        new Outcome.Failed("{\"errorMessage\":\"no\"}".getBytes(StandardCharsets.UTF_8), new byte[0]));

        var answer = STACK.client().invoke(invoke -> invoke.functionName("orders"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"errorMessage\":\"no\"}");
    }

    @Test
    void logTailComesWhereItIsAskedFor() {
        STACK.invoker()
                .script((function, invocation) -> new Outcome.Returned(
                        "null".getBytes(StandardCharsets.UTF_8), "START\nEND\n".getBytes(StandardCharsets.UTF_8)));

        var answer =
                STACK.client().invoke(invoke -> invoke.functionName("orders").logType(LogType.TAIL));

        assertThat(Base64.getDecoder().decode(answer.logResult())).asString().isEqualTo("START\nEND\n");
    }

    @Test
    void eventIsAcceptedAndNotWaitedFor() {
        var response = STACK.send(
                "POST", "/2015-03-31/functions/orders/invocations", "{\"a\":1}", "X-Amz-Invocation-Type", "Event");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("X-Amz-Executed-Version")).isEmpty();
        assertThat(STACK.invoker().accepted().getLast().payload()).asString().isEqualTo("{\"a\":1}");
    }

    @Test
    void dryRunRunsNothing() {
        int before = STACK.invoker().asked().size();

        var answer =
                STACK.client().invoke(invoke -> invoke.functionName("orders").invocationType(InvocationType.DRY_RUN));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(STACK.invoker().asked()).hasSize(before);
    }

    @Test
    void clientContextReachesTheFunctionDecoded() {
        var context = Base64.getEncoder().encodeToString("{\"client\":{}}".getBytes(StandardCharsets.UTF_8));

        STACK.client().invoke(invoke -> invoke.functionName("orders").clientContext(context));

        assertThat(STACK.invoker().lastAsked().invocation().clientContext()).isEqualTo("{\"client\":{}}");
    }

    @Test
    void clientContextThatIsNotBase64IsRefused() {
        assertThatThrownBy(() -> STACK.client()
                        .invoke(invoke -> invoke.functionName("orders").clientContext("{}")))
                .isInstanceOf(InvalidRequestContentException.class)
                .hasMessageContaining("Client context must be a valid Base64-encoded JSON object.");
    }

    @Test
    void traceHeaderOfTheCallerIsHandedOn() {
        STACK.send(
                "POST",
                "/2015-03-31/functions/orders/invocations",
                "{}",
                "X-Amzn-Trace-Id",
                "Root=1-5759e988-bd862e3fe1be46a994272793");

        assertThat(STACK.invoker().lastAsked().invocation().traceId())
                .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "hello", "{} {}", "{'a':1}", "\u0000", "[1,]", "  "})
    void payloadThatIsNotJsonIsRefused(String payload) {
        assertThatThrownBy(() -> STACK.client()
                        .invoke(invoke -> invoke.functionName("orders").payload(json(payload))))
                .isInstanceOf(InvalidRequestContentException.class)
                .hasMessageContaining("Could not parse request body into json: Could not parse payload into json: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"text\"", "[]", "true", " {\"deep\":{\"er\":[1.5e3]}} \n"})
    void everyJsonValueIsAnEvent(String payload) {
        var answer =
                STACK.client().invoke(invoke -> invoke.functionName("orders").payload(json(payload)));

        assertThat(answer.payload().asUtf8String()).isEqualTo(payload);
    }

    @Test
    void badJsonIsToldInLambdasWords() {
        var response = STACK.send("POST", "/2015-03-31/functions/orders/invocations", "hello");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"User\",\"message\":\"Could not parse request body into json: Could not parse "
                        + "payload into json: Unrecognized token 'hello': was expecting (JSON String, Number, Array, "
                        + "Object or token 'null', 'true' or 'false')\\n at [Source: REDACTED "
                        + "(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 6]\"}");
    }

    @Test
    void payloadHasAtMost6MB() {
        var largest = "\"" + "x".repeat(6_291_454) + "\"";
        assertThat(STACK.client()
                        .invoke(invoke -> invoke.functionName("orders").payload(json(largest)))
                        .payload()
                        .asByteArray())
                .hasSize(6_291_456);

        assertThatThrownBy(() -> STACK.client()
                        .invoke(invoke -> invoke.functionName("orders").payload(json(largest + " "))))
                .isInstanceOf(RequestTooLargeException.class)
                .hasMessageContaining("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    }

    @Test
    void eventHasAtMost1MB() {
        assertThatThrownBy(() -> STACK.client()
                        .invoke(invoke -> invoke.functionName("orders")
                                .invocationType(InvocationType.EVENT)
                                .payload(json("\"" + "x".repeat(1_048_575) + "\""))))
                .isInstanceOf(RequestTooLargeException.class)
                .hasMessageContaining("Request must be smaller than 1048576 bytes for the InvokeFunction operation");
    }

    @Test
    void functionThatIsNotThereIsNamedWithItsVersion() {
        assertThatThrownBy(() -> STACK.client().invoke(invoke -> invoke.functionName("missing")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining(
                        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing:$LATEST");
        assertThatThrownBy(() -> STACK.client()
                        .invoke(invoke -> invoke.functionName("orders").qualifier("7")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: " + ARN + ":7");
    }

    @Test
    void pendingFunctionCannotBeInvoked() {
        STACK.holdChanges();
        try {
            STACK.create("pending");
            assertThatThrownBy(() -> STACK.client().invoke(invoke -> invoke.functionName("pending")))
                    .isInstanceOf(ResourceConflictException.class)
                    .hasMessageContaining("The operation cannot be performed at this time. The function is currently "
                            + "in the following state: Pending");
        } finally {
            STACK.settle();
        }
    }

    @Test
    void throttlingHasAWSsShape() {
        STACK.invoker().script((function, invocation) -> {
            throw LambdaError.TOO_MANY_REQUESTS.with("Reason", "ConcurrentInvocationLimitExceeded");
        });

        var response = STACK.send("POST", "/2015-03-31/functions/orders/invocations", "{}");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("TooManyRequestsException");
        assertThat(response.body())
                .isEqualTo("{\"Reason\":\"ConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
                        + "\"message\":\"Rate Exceeded.\"}");
    }

    @Test
    void unknownTypesAreRefused() {
        var response = STACK.send(
                "POST",
                "/2015-03-31/functions/orders/invocations",
                "{}",
                "X-Amz-Invocation-Type",
                "Later",
                "X-Amz-Log-Type",
                "Head");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"message\":\"2 validation errors detected: Value 'Later' at 'invocationType' failed to "
                        + "satisfy constraint: Member must satisfy enum value set: [RequestResponse, Event, DryRun]; "
                        + "Value 'Head' at 'logType' failed to satisfy constraint: Member must satisfy enum value "
                        + "set: [None, Tail]\"}");
    }

    private static SdkBytes json(String text) {
        return SdkBytes.fromUtf8String(text);
    }
}
