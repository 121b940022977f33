package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.lambda.FunctionStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamCompleteEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamRequest;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ResponseStreamingInvocationType;

/** Streamed answers, by real functions and the SDK's client. */
class InvokeWithResponseStreamTest {
    private static final int LIMIT = 200 * 1024 * 1024;

    @TempDir
    static Path directory;

    static FunctionStack stack;
    static LambdaAsyncClient client;
    static LambdaClient plain;

    @BeforeAll
    static void start() throws Exception {
        stack = new FunctionStack(directory);
        client = stack.asyncClient();
        plain = stack.client();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    /** What came of one call. */
    private static final class Answer {
        private final List<String> chunks = new CopyOnWriteArrayList<>();
        private final CompletableFuture<InvokeWithResponseStreamCompleteEvent> complete = new CompletableFuture<>();
        private volatile InvokeWithResponseStreamResponse head;
        private volatile long bytes;
        private CompletableFuture<Void> done;

        String text() {
            return String.join("", chunks);
        }
    }

    private static Answer call(String function, Consumer<InvokeWithResponseStreamRequest.Builder> change) {
        var answer = new Answer();
        var visitor = InvokeWithResponseStreamResponseHandler.Visitor.builder()
                .onPayloadChunk(chunk -> {
                    answer.bytes += chunk.payload().asByteArrayUnsafe().length;
                    if (answer.bytes < 100_000) {
                        answer.chunks.add(chunk.payload().asUtf8String());
                    }
                })
                .onInvokeComplete(answer.complete::complete)
                .build();
        var handler = InvokeWithResponseStreamResponseHandler.builder()
                .onResponse(head -> answer.head = head)
                .subscriber(visitor)
                .build();
        var request = InvokeWithResponseStreamRequest.builder().functionName(function);
        change.accept(request);
        answer.done = client.invokeWithResponseStream(request.build(), handler);
        return answer;
    }

    private static Answer finished(String function) {
        var answer = call(function, request -> {});
        answer.done.join();
        return answer;
    }

    private static String buffered(String function) {
        return plain.invoke(request -> request.functionName(function)).payload().asUtf8String();
    }

    @Test
    void chunksArriveWhileTheFunctionStillRuns() throws Exception {
        var gate = directory.resolve("gate");
        var function = stack.node("""
                const fs = require("fs");
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.write("first");
                  while (!fs.existsSync(event.gate)) await new Promise((r) => setTimeout(r, 5));
                  stream.write("second");
                  stream.end();
                });
                """);

        var answer = call(
                function,
                request -> request.payload(SdkBytes.fromUtf8String("{\"gate\": \"" + gate + "\"}"))
                        .logType(LogType.TAIL));
        await().until(() -> answer.text().equals("first"));
        Files.createFile(gate);
        answer.done.join();

        assertThat(answer.chunks).containsExactly("first", "second");
        assertThat(answer.head.statusCode()).isEqualTo(200);
        assertThat(answer.head.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.head.responseStreamContentType()).isEqualTo("application/vnd.amazon.eventstream");
        assertThat(answer.complete.join().errorCode()).isNull();
        var log = new String(Base64.getDecoder().decode(answer.complete.join().logResult()), StandardCharsets.UTF_8);
        assertThat(log).startsWith("START RequestId: ").contains("\nREPORT RequestId: ");
    }

    @Test
    void aFunctionThatDoesNotStreamAnswersInOnePiece() {
        var function = stack.python("def handler(event, context): return {'got': event}");

        var answer = call(function, request -> request.payload(SdkBytes.fromUtf8String("{\"a\": 1}")));
        answer.done.join();

        assertThat(answer.text()).isEqualTo("{\"got\": {\"a\": 1}}");
        assertThat(answer.complete.join().errorCode()).isNull();
        assertThat(answer.complete.join().logResult()).isNull();
    }

    @Test
    void anErrorBeforeTheAnswerComesWithTheLastEvent() {
        var python = finished(stack.python("def handler(event, context): raise ValueError('no')"));
        var node = finished(stack.node(
                "exports.handler = awslambda.streamifyResponse(async () => { throw new TypeError('none'); });"));

        assertThat(python.chunks).isEmpty();
        assertThat(python.complete.join().errorCode()).isEqualTo("Unhandled");
        assertThat(python.complete.join().errorDetails()).contains("\"errorType\": \"ValueError\"");
        assertThat(node.complete.join().errorDetails()).contains("\"errorType\":\"TypeError\"");
    }

    @Test
    void anErrorAmidTheAnswerLeavesWhatWasWritten() {
        var function = stack.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  await new Promise((r) => stream.write("half", r));
                  throw new RangeError("and no more");
                });
                """);

        var answer = finished(function);

        assertThat(answer.text()).isEqualTo("half");
        assertThat(answer.complete.join().errorCode()).isEqualTo("Unhandled");
        assertThat(answer.complete.join().errorDetails())
                .contains("\"errorType\":\"RangeError\"", "\"errorMessage\":\"and no more\"");
        assertThat(buffered(function)).contains("\"errorType\":\"RangeError\"");
    }

    @Test
    void aProcessThatDiesAmidTheAnswerIsAnExit() throws Exception {
        var function = stack.node("""
                const fs = require("fs");
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  await new Promise((r) => stream.write("half", r));
                  while (!fs.existsSync(event.gate)) await new Promise((r) => setTimeout(r, 5));
                  process.exit(3);
                });
                """);
        var gate = directory.resolve("death");

        var answer =
                call(function, request -> request.payload(SdkBytes.fromUtf8String("{\"gate\": \"" + gate + "\"}")));
        await().until(() -> answer.text().equals("half"));
        Files.createFile(gate);
        answer.done.join();

        assertThat(answer.complete.join().errorDetails())
                .contains("\"errorType\":\"Runtime.ExitError\"", "Runtime exited with error: exit status 3");
    }

    @Test
    void aTimeoutAmidTheAnswerEndsIt() {
        var function = stack.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.write("half");
                  await new Promise((r) => setTimeout(r, 60000));
                });
                """);
        plain.updateFunctionConfiguration(
                update -> update.functionName(function).timeout(1));

        var answer = finished(function);

        assertThat(answer.text()).isEqualTo("half");
        assertThat(answer.complete.join().errorDetails())
                .contains("\"errorType\":\"Sandbox.Timedout\"", "Task timed out after 1.00 seconds");
    }

    @Test
    void aStreamThatIsNeverEndedIsAnError() {
        var answer = finished(stack.node("exports.handler = awslambda.streamifyResponse(async () => {});"));

        assertThat(answer.complete.join().errorDetails()).contains("Response stream is not finished.");
    }

    @Test
    void invokeTakesAStreamedAnswerWhole() {
        var function = stack.node("""
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
                  http.write("created"); http.end();
                });
                """);

        assertThat(buffered(function)).isEqualTo("{\"statusCode\":201}\0\0\0\0\0\0\0\0created");
        assertThat(finished(function).text()).isEqualTo("{\"statusCode\":201}\0\0\0\0\0\0\0\0created");
    }

    @Test
    void moreThan200MegabytesAreCutAndMoreThan6AreFineOnlyWhenStreamed() {
        var function = stack.node("""
                const { pipeline } = require("stream/promises"), { Readable } = require("stream");
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  const piece = Buffer.alloc(1024 * 1024, "x");
                  await pipeline(Readable.from((function* () { for (let i = 0; i < event.MB; i++) yield piece; })()), stream);
                });
                """);

        var whole = call(function, request -> request.payload(SdkBytes.fromUtf8String("{\"MB\": 200}")));
        whole.done.join();
        var cut = call(function, request -> request.payload(SdkBytes.fromUtf8String("{\"MB\": 201}")));
        cut.done.join();
        var buffered =
                plain.invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String("{\"MB\": 7}")));

        assertThat(whole.bytes).isEqualTo(LIMIT);
        assertThat(whole.complete.join().errorCode()).isNull();
        assertThat(cut.bytes).isEqualTo(LIMIT);
        assertThat(cut.complete.join().errorDetails()).contains("Function.ResponseSizeTooLarge");
        assertThat(buffered.payload().asUtf8String()).contains("Function.ResponseSizeTooLarge");
    }

    @Test
    void aFunctionThatIsNotThereOrAnEventTooLargeIsRefusedBeforeAnyEvent() {
        assertThatThrownBy(() -> finished("nowhere")).hasCauseInstanceOf(ResourceNotFoundException.class);
        var function = stack.python("def handler(event, context): pass");
        var large = SdkBytes.fromUtf8String("\"" + "x".repeat(6_291_456) + "\"");
        assertThatThrownBy(() ->
                        call(function, request -> request.payload(large)).done.join())
                .hasCauseInstanceOf(RequestTooLargeException.class);
    }

    @Test
    void aDryRunRunsNothing() {
        var function = stack.python("def handler(event, context): print('ran')");

        var answer = call(function, request -> request.invocationType(ResponseStreamingInvocationType.DRY_RUN));
        answer.done.join();

        assertThat(answer.head.statusCode()).isEqualTo(204);
        assertThat(stack.logs().of(function).lines()).isEmpty();
    }
}
