package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.RecursiveInvocationException;
import software.amazon.awssdk.services.lambda.model.RecursiveLoop;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What asynchronous invocations leave behind, where it gets to. */
class EventDestinationsTest {
    private static final String FAILS = "def handler(event, context): raise ValueError('no ' + event['what'])";
    private static final String WORKS = "def handler(event, context): return {'done': event['what']}";

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private FunctionStack stack;

    @BeforeEach
    void start() throws Exception {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        stack = FunctionStack.start(data, Map.of());
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    private String send(String name) {
        return stack.lambda
                .invoke(invoke -> invoke.functionName(name)
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String("{\"what\": \"eggs\"}")))
                .responseMetadata()
                .requestId();
    }

    /** A function that writes down what it is told, and its ARN. */
    private String listener(Path heard) {
        return stack.python("listener", """
                import json, os
                def handler(event, context):
                    path = "%s"
                    with open(path + ".part", "w") as file: json.dump(event, file)
                    os.rename(path + ".part", path)
                """.formatted(heard));
    }

    private JsonNode object(String bucket) {
        await().until(() ->
                !stack.s3.listObjectsV2(list -> list.bucket(bucket)).contents().isEmpty());
        return JsonMapper.shared().readTree(content(bucket, key(bucket)));
    }

    private String key(String bucket) {
        return stack.s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .findFirst()
                .orElseThrow();
    }

    private String content(String bucket, String key) {
        return stack.s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
    }

    @Test
    void successIsToldToAFunction() throws Exception {
        var heard = folder.resolve("heard");
        var arn = stack.python("works", WORKS);
        var listener = listener(heard);
        stack.lambda.putFunctionEventInvokeConfig(put -> put.functionName("works")
                .destinationConfig(to -> to.onSuccess(success -> success.destination(listener))));

        var requestId = send("works");

        await().until(() -> Files.exists(heard));
        var record = JsonMapper.shared().readTree(Files.readString(heard));
        assertThat(record.path("version").asString()).isEqualTo("1.0");
        assertThat(record.path("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(record.at("/requestContext/requestId").asString()).isEqualTo(requestId);
        assertThat(record.at("/requestContext/functionArn").asString()).isEqualTo(arn + ":$LATEST");
        assertThat(record.at("/requestContext/condition").asString()).isEqualTo("Success");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(1);
        assertThat(record.at("/requestPayload/what").asString()).isEqualTo("eggs");
        assertThat(record.at("/responseContext/statusCode").asInt()).isEqualTo(200);
        assertThat(record.at("/responseContext/executedVersion").asString()).isEqualTo("$LATEST");
        assertThat(record.path("responseContext").has("functionError")).isFalse();
        assertThat(record.at("/responsePayload/done").asString()).isEqualTo("eggs");
    }

    @Test
    void failureBecomesAnObject() {
        stack.python("fails", FAILS);
        stack.s3.createBucket(create -> create.bucket("failed"));
        stack.lambda.putFunctionEventInvokeConfig(put -> put.functionName("fails")
                .maximumRetryAttempts(0)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination("arn:aws:s3:::failed"))));

        send("fails");

        var record = object("failed");
        assertThat(key("failed"))
                .matches("aws/lambda/async/fails/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d"
                        + "-[0-9a-f-]{36}");
        assertThat(record.at("/requestContext/condition").asString()).isEqualTo("RetriesExhausted");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(1);
        assertThat(record.at("/responseContext/functionError").asString()).isEqualTo("Unhandled");
        assertThat(record.at("/responsePayload/errorMessage").asString()).isEqualTo("no eggs");
        assertThat(record.at("/responsePayload/errorType").asString()).isEqualTo("ValueError");
    }

    @Test
    void aliasHasDestinationsOfItsOwn() {
        var arn = stack.python("fails", FAILS);
        stack.lambda.publishVersion(publish -> publish.functionName("fails"));
        stack.lambda.createAlias(
                create -> create.functionName("fails").name("live").functionVersion("1"));
        stack.s3.createBucket(create -> create.bucket("failed"));
        stack.lambda.putFunctionEventInvokeConfig(put -> put.functionName("fails")
                .qualifier("live")
                .maximumRetryAttempts(0)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination("arn:aws:s3:::failed"))));

        send("fails:live");

        var record = object("failed");
        assertThat(record.at("/requestContext/functionArn").asString()).isEqualTo(arn + ":live");
        assertThat(record.at("/responseContext/executedVersion").asString()).isEqualTo("1");
    }

    @Test
    void eventOfAFunctionThatMayNotRunGoesAtOnce() {
        stack.python("stopped", WORKS);
        stack.s3.createBucket(create -> create.bucket("failed"));
        stack.lambda.putFunctionConcurrency(put -> put.functionName("stopped").reservedConcurrentExecutions(0));
        stack.lambda.putFunctionEventInvokeConfig(put -> put.functionName("stopped")
                .destinationConfig(to -> to.onFailure(failure -> failure.destination("arn:aws:s3:::failed"))));

        send("stopped");

        var record = object("failed");
        assertThat(record.at("/requestContext/condition").asString()).isEqualTo("ZeroReservedConcurrency");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isZero();
        assertThat(record.has("responsePayload")).isFalse();
    }

    @Test
    void deadLettersAreTheEventsThemselves() {
        stack.python("fails", FAILS);
        stack.s3.createBucket(create -> create.bucket("dead"));
        stack.lambda.updateFunctionConfiguration(
                update -> update.functionName("fails").deadLetterConfig(dead -> dead.targetArn("arn:aws:s3:::dead")));
        stack.lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName("fails"));
        stack.lambda.putFunctionEventInvokeConfig(
                put -> put.functionName("fails").maximumRetryAttempts(0));

        var requestId = send("fails");

        assertThat(object("dead").path("what").asString()).isEqualTo("eggs");
        var metadata = stack.s3
                .headObject(head -> head.bucket("dead").key(key("dead")))
                .metadata();
        assertThat(metadata)
                .containsEntry("requestid", requestId)
                .containsEntry("errorcode", "200")
                .containsEntry("errormessage", "no+eggs");
    }

    /** Two functions, each told of the other's success; the first writes down its tracing header each time. */
    private Path loop() {
        var rounds = folder.resolve("rounds");
        var there = stack.python("there", """
                import os
                def handler(event, context):
                    with open("%s", "a") as file: file.write(os.environ["_X_AMZN_TRACE_ID"] + "\\n")
                """.formatted(rounds));
        var back = stack.python("back", "def handler(event, context): pass");
        stack.s3.createBucket(create -> create.bucket("looped"));
        stack.lambda.putFunctionEventInvokeConfig(put -> put.functionName("there")
                .destinationConfig(to -> to.onSuccess(success -> success.destination(back))
                        .onFailure(failure -> failure.destination("arn:aws:s3:::looped"))));
        stack.lambda.putFunctionEventInvokeConfig(put ->
                put.functionName("back").destinationConfig(to -> to.onSuccess(success -> success.destination(there))));
        return rounds;
    }

    @Test
    void aLoopOfDestinationsEndsAfterSixteenRounds() throws Exception {
        var rounds = loop();

        send("there");

        var record = object("looped");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isZero();
        assertThat(Files.readAllLines(rounds))
                .hasSize(16)
                .last()
                .asString()
                .matches(".*;Lineage=[0-9a-f]{8}:15\\|[0-9a-f]{8}:16");
    }

    @Test
    void aLoopThatIsAllowedGoesOn() {
        var rounds = loop();
        for (var name : List.of("there", "back")) {
            stack.lambda.putFunctionRecursionConfig(
                    put -> put.functionName(name).recursiveLoop(RecursiveLoop.ALLOW));
        }

        send("there");

        await().until(() -> Files.exists(rounds) && Files.readAllLines(rounds).size() > 20);
        stack.lambda.deleteFunctionEventInvokeConfig(delete -> delete.functionName("back"));
    }

    @Test
    void aFunctionThatAChainComesByTooOftenIsNotInvoked() {
        stack.python("works", WORKS);
        var trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=%s:16"
                .formatted(lineage("works"));

        assertThatThrownBy(() -> stack.lambda.invoke(invoke -> invoke.functionName("works")
                        .overrideConfiguration(override -> override.putHeader("X-Amzn-Trace-Id", trace))))
                .isInstanceOf(RecursiveInvocationException.class);
    }

    /** What stands for a function in a tracing header. */
    private String lineage(String function) {
        var arn = stack.lambda
                .getFunctionConfiguration(get -> get.functionName(function))
                .functionArn();
        var crc = new java.util.zip.CRC32();
        crc.update(arn.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return java.util.HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
