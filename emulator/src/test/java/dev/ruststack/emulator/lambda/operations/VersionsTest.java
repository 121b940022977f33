package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionVersion;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/** PublishVersion, and what other operations do with published versions. */
class VersionsTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static LambdaClient lambda() {
        return STACK.client();
    }

    private static void describe(String name, String description) {
        lambda().updateFunctionConfiguration(update ->
                update.functionName(name).timeout(description.length()).description(description));
    }

    @Test
    void versionKeepsWhatTheFunctionWas() {
        STACK.create("kept");
        describe("kept", "first");

        var published = lambda().publishVersion(publish -> publish.functionName("kept"));
        describe("kept", "second");

        assertThat(published.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(published.version()).isEqualTo("1");
        assertThat(published.functionArn()).isEqualTo(ARN + "kept:1");
        assertThat(published.state()).isEqualTo(State.ACTIVE);
        assertThat(published.lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL);
        var version = lambda().getFunctionConfiguration(
                        get -> get.functionName("kept").qualifier("1"));
        assertThat(version.description()).isEqualTo("first");
        assertThat(version.revisionId()).isEqualTo(published.revisionId());
        assertThat(lambda().getFunctionConfiguration(get -> get.functionName("kept"))
                        .description())
                .isEqualTo("second");
    }

    @Test
    void nothingIsPublishedWhereNothingChanged() {
        STACK.create("same");

        var first = lambda().publishVersion(publish -> publish.functionName("same"));
        var again =
                lambda().publishVersion(publish -> publish.functionName("same").description("other"));
        describe("same", "changed");
        var second = lambda().publishVersion(publish -> publish.functionName("same"));

        assertThat(again.version()).isEqualTo("1");
        assertThat(again.revisionId()).isEqualTo(first.revisionId());
        assertThat(second.version()).isEqualTo("2");
    }

    @Test
    void versionHasTheDescriptionItIsGiven() {
        STACK.create("described");
        describe("described", "the function's");

        var published = lambda().publishVersion(
                        publish -> publish.functionName("described").description("the version's"));

        assertThat(published.description()).isEqualTo("the version's");
    }

    @Test
    void otherCodeThanExpectedIsRefused() {
        STACK.create("expected");

        assertThatThrownBy(() -> lambda().publishVersion(
                                publish -> publish.functionName("expected").codeSha256("b3RoZXI=")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("CodeSHA256 (b3RoZXI=) is different from current CodeSHA256 in $LATEST (");
    }

    @Test
    void otherRevisionThanExpectedIsRefused() {
        STACK.create("revised");

        assertThatThrownBy(() -> lambda().publishVersion(
                                publish -> publish.functionName("revised").revisionId("other")))
                .isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void functionThatIsChangingCannotBePublished() {
        STACK.create("changing");
        STACK.holdChanges();
        try {
            describe("changing", "soon");

            assertThatThrownBy(() -> lambda().publishVersion(publish -> publish.functionName("changing")))
                    .isInstanceOf(ResourceConflictException.class);
        } finally {
            STACK.settle();
        }
    }

    @Test
    void creationCanPublish() {
        var created = lambda().createFunction(
                        LambdaStack.function("born").publish(true).build());

        assertThat(created.version()).isEqualTo("1");
        assertThat(created.functionArn()).isEqualTo(ARN + "born:1");
        assertThat(created.state()).isEqualTo(State.PENDING);
        assertThat(lambda().waiter()
                        .waitUntilPublishedVersionActive(
                                get -> get.functionName("born").qualifier("1"))
                        .matched()
                        .response())
                .isPresent();
    }

    @Test
    void changeOfCodeCanPublish() throws Exception {
        STACK.create("coded");
        lambda().publishVersion(publish -> publish.functionName("coded"));
        var zip = TestZip.of("app.py", "def handler(e, c): return 2");

        var updated = lambda().updateFunctionCode(update -> update.functionName("coded")
                .zipFile(SdkBytes.fromByteArray(zip))
                .publish(true));

        assertThat(updated.version()).isEqualTo("2");
        assertThat(code("coded", "2")).isEqualTo(zip);
        assertThat(code("coded", "1")).isNotEqualTo(zip);
    }

    /** Nothing comes between the change and its publication. */
    @Test
    void versionHasTheCodeOfTheChangeThatPublishedIt() throws Exception {
        STACK.create("raced");
        var digests = new ConcurrentHashMap<String, String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = IntStream.range(0, 40)
                    .<Callable<String>>mapToObj(i -> () -> {
                        var zip = SdkBytes.fromByteArray(TestZip.of("app.py", "n = " + i));
                        var change = lambda().updateFunctionCode(update ->
                                update.functionName("raced").zipFile(zip).publish(true));
                        digests.put(change.version(), change.codeSha256());
                        return change.version();
                    })
                    .toList();
            for (var change : threads.invokeAll(changes)) {
                try {
                    change.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(ResourceConflictException.class);
                }
            }
        }

        assertThat(digests).isNotEmpty();
        digests.forEach((version, digest) -> assertThat(lambda().getFunctionConfiguration(
                                get -> get.functionName("raced").qualifier(version))
                        .codeSha256())
                .isEqualTo(digest));
        assertThat(Set.copyOf(digests.values())).hasSameSizeAs(digests.keySet());
    }

    private static byte[] code(String name, String version) throws Exception {
        var location = lambda().getFunction(get -> get.functionName(name).qualifier(version))
                .code()
                .location();
        return STACK.get(URI.create(location)).body();
    }

    @Test
    void versionsAreListedByNumber() {
        STACK.create("many");
        for (int i = 1; i <= 11; i++) {
            describe("many", "x".repeat(i));
            lambda().publishVersion(publish -> publish.functionName("many"));
        }

        var versions = lambda().listVersionsByFunctionPaginator(
                        list -> list.functionName("many").maxItems(5))
                .versions();

        assertThat(versions)
                .extracting(FunctionConfiguration::version)
                .containsExactly("$LATEST", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        assertThat(versions)
                .extracting(FunctionConfiguration::functionArn)
                .contains(ARN + "many:$LATEST", ARN + "many:11");
        assertThat(lambda().listFunctions(list -> list.functionVersion(FunctionVersion.ALL))
                        .functions())
                .extracting(FunctionConfiguration::functionArn)
                .contains(ARN + "many:$LATEST", ARN + "many:11");
    }

    @Test
    void invocationRunsTheVersionItNames() {
        STACK.create("run");
        describe("run", "first");
        lambda().publishVersion(publish -> publish.functionName("run"));
        describe("run", "second");

        var answer = lambda().invoke(invoke -> invoke.functionName("run:1"));

        var asked = STACK.invoker().lastAsked();
        assertThat(answer.executedVersion()).isEqualTo("1");
        assertThat(asked.function().description()).isEqualTo("first");
        assertThat(asked.function().version()).isEqualTo("1");
        assertThat(asked.invocation().invokedFunctionArn()).isEqualTo(ARN + "run:1");
    }

    @Test
    void versionThatIsNotThereIsNotFound() {
        STACK.create("none");

        assertThatThrownBy(() ->
                        lambda().invoke(invoke -> invoke.functionName("none").qualifier("7")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: " + ARN + "none:7");
    }

    @Test
    void onlyTheLatestCanBeChanged() {
        STACK.create("fixed");
        lambda().publishVersion(publish -> publish.functionName("fixed"));

        assertThatThrownBy(() -> describe("fixed:1", "other")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void deletedVersionIsGoneAndItsNumberIsNotGivenAgain() {
        STACK.create("numbered");
        lambda().publishVersion(publish -> publish.functionName("numbered"));

        var deleted = lambda().deleteFunction(
                        delete -> delete.functionName("numbered").qualifier("1"));

        assertThat(deleted.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThatThrownBy(() ->
                        lambda().getFunction(get -> get.functionName("numbered").qualifier("1")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThat(STACK.invoker().retired()).contains(ARN + "numbered:1");
        assertThat(lambda().publishVersion(publish -> publish.functionName("numbered"))
                        .version())
                .isEqualTo("2");
    }

    @Test
    void payloadGoesToTheVersion() {
        STACK.create("echo");
        lambda().publishVersion(publish -> publish.functionName("echo"));

        var answer = lambda().invoke(invoke ->
                invoke.functionName("echo").qualifier("1").payload(SdkBytes.fromUtf8String("{\"a\":1}")));

        assertThat(answer.payload().asString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    }
}
