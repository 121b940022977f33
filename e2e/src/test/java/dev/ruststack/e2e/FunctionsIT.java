package dev.ruststack.e2e;

import static dev.ruststack.e2e.harness.Stack.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.FunctionClient;
import dev.ruststack.e2e.harness.Pods;
import dev.ruststack.e2e.harness.Settings;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Functions in pods of their own: made at run time, many at once, and in every way that they can fail. */
@Order(5)
final class FunctionsIT {
    private static final String PYTHON = "python3.11";
    private static final String PYTHON_IMAGE = "public.ecr.aws/lambda/python:3.11";

    /** Says in which pod it is, after a while. */
    private static final String WHERE = """
            import socket, time
            def handler(event, context):
                time.sleep(event.get('seconds', 0))
                print(event.get('say', 'nothing'), flush=True)
                return socket.gethostname()
            """;

    @RegisterExtension
    private static final TestNamespace NAMESPACE = new TestNamespace();

    private static Stack stack;

    @BeforeAll
    static void apply() {
        stack = Stack.apply(NAMESPACE.name(), "fns", """
                dynamodb: {mode: Disabled}
                lambda: {idleSeconds: 5, maxRunners: 6}
                """).awaitReady();
    }

    @Test
    void aFunctionMadeByAClientGetsAPodWhichEndsWithIt() {
        try (var client = new FunctionClient(stack)) {
            client.createPython("made", PYTHON, WHERE);

            var host = client.answer("made", "{}");
            assertThat(runners("made"))
                    .extracting(pod -> '"' + pod.getMetadata().getName() + '"')
                    .contains(host);

            client.delete("made");
            eventually(() -> assertThat(runners("made")).isEmpty());
        }
    }

    @Test
    void parallelInvocationsGetAPodEachAndIdleOnesGo() throws Exception {
        try (var client = new FunctionClient(stack);
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            client.createPython("wide", PYTHON, WHERE);

            Callable<String> nap = () -> client.answer("wide", "{\"seconds\": 15}");
            var hosts = new HashSet<String>();
            for (var answer : background.invokeAll(List.of(nap, nap, nap, nap))) {
                hosts.add(answer.get());
            }

            assertThat(hosts).hasSize(4);
            eventually(() -> assertThat(runners("wide")).isEmpty());
        }
    }

    @Test
    void aWaitingPodOfTheWarmPoolIsTakenAndReplaced() {
        var pool = Stack.apply(NAMESPACE.name(), "pool", """
                dynamodb: {mode: Disabled}
                lambda: {warmPool: [{runtime: python3.11, size: 1}]}
                """).awaitReady();
        eventually(() -> assertThat(pool.pods("runner")).hasSize(1).allMatch(Pods::isReady));
        var waiting = pool.pods("runner").getFirst().getMetadata().getName();

        try (var client = new FunctionClient(pool)) {
            client.createPython("quick", PYTHON, WHERE);

            assertThat(client.answer("quick", "{}")).isEqualTo('"' + waiting + '"');
        }
        eventually(() -> assertThat(pool.pods("runner")).hasSize(2).allMatch(Pods::isReady));
    }

    @Test
    void tooMuchMemoryIsToldAsLambdaDoesAndTheNextInvocationWorks() {
        try (var client = new FunctionClient(stack)) {
            client.createPython("greedy", PYTHON, """
                    def handler(event, context):
                        return len(bytearray(event['megabytes'] << 20))
                    """);

            var failure = client.invoke("greedy", "{\"megabytes\": 900}");

            assertThat(failure.functionError()).isEqualTo("Unhandled");
            assertThat(failure.payload().asUtf8String())
                    .contains("Runtime.ExitError")
                    .contains("signal: killed");
            assertThat(FunctionClient.tail(failure)).contains("Error Type: Runtime.OutOfMemory");
            assertThat(client.answer("greedy", "{\"megabytes\": 1}")).isEqualTo("1048576");
        }
    }

    @Test
    void aCrashIsToldAsLambdaDoesAndTheNextInvocationWorks() {
        try (var client = new FunctionClient(stack)) {
            client.createPython("fragile", PYTHON, """
                    import os
                    def handler(event, context):
                        if event.get('crash'):
                            os._exit(3)
                        return 'well'
                    """);

            var failure = client.invoke("fragile", "{\"crash\": true}");

            assertThat(failure.functionError()).isEqualTo("Unhandled");
            assertThat(failure.payload().asUtf8String())
                    .contains("Runtime.ExitError")
                    .contains("Runtime exited with error: exit status 3");
            assertThat(client.answer("fragile", "{}")).isEqualTo("\"well\"");
        }
    }

    @Test
    void kubectlShowsWhatAFunctionPrints() {
        try (var client = new FunctionClient(stack)) {
            client.createPython("chatty", PYTHON, WHERE);
            var pod = client.answer("chatty", "{\"say\": \"a line of mine\"}").replace("\"", "");

            // The pod may be quicker than what the node tells of it.
            eventually(() -> assertThat(Cluster.kubectl("logs", pod, "-n", stack.namespace())
                            .succeeded()
                            .lines())
                    .contains("a line of mine"));
        }
    }

    @Test
    void aNodeFunctionRuns() {
        try (var client = new FunctionClient(stack)) {
            client.create("node", "nodejs20.x", "index.handler", "index.mjs", """
                    export const handler = async (event, context) => `${event.name} in ${process.version.split('.')[0]}`;
                    """);

            assertThat(client.answer("node", "{\"name\": \"Ada\"}")).isEqualTo("\"Ada in v20\"");
        }
    }

    @Test
    void theStacksOwnImageOfARuntimeIsUsed() {
        var own = Stack.apply(NAMESPACE.name(), "own", """
                dynamodb: {mode: Disabled}
                lambda: {images: [{runtime: python3.13, image: "%s"}]}
                """.formatted(PYTHON_IMAGE))
                .awaitReady();

        try (var client = new FunctionClient(own)) {
            client.createPython("mapped", "python3.13", WHERE);

            assertThat(client.answer("mapped", "{}")).contains("own-fn-");
        }
        assertThat(own.pods("runner")).flatExtracting(FunctionsIT::images).contains(PYTHON_IMAGE);
    }

    @Test
    void anImageThatCannotBePulledIsTheCallersErrorAndInTheStatus() {
        var broken = Stack.apply(NAMESPACE.name(), "broken", """
                dynamodb: {mode: Disabled}
                lambda: {images: [{runtime: python3.12, image: "registry.invalid/none:1"}]}
                functions:
                - name: declared
                  runtime: python3.12
                  handler: app.handler
                  code: {files: {app.py: "def handler(event, context): pass"}}
                """);

        eventually(() -> assertThat(broken.condition("Ready").path("message").asText())
                .contains("Function declared")
                .containsPattern("ErrImagePull|ImagePullBackOff"));
        try (var client = new FunctionClient(broken)) {
            client.createPython("hopeless", "python3.12", WHERE);
            assertThatThrownBy(() -> client.invoke("hopeless", "{}"))
                    .isInstanceOfSatisfying(LambdaException.class, refusal -> {
                        assertThat(refusal.statusCode()).isGreaterThanOrEqualTo(500);
                        assertThat(refusal.getMessage()).containsPattern("ErrImagePull|ImagePullBackOff");
                    });
        }
    }

    @Test
    void aPodThatCannotBeScheduledIsTheCallersErrorAndInTheStatus() {
        Settings.requireOwnCluster();
        try (var client = new FunctionClient(stack)) {
            client.createPython("nowhere", PYTHON, WHERE);
            cordon("cordon");

            assertThatThrownBy(() -> client.invoke("nowhere", "{}"))
                    .isInstanceOfSatisfying(LambdaException.class, refusal -> {
                        assertThat(refusal.statusCode()).isGreaterThanOrEqualTo(500);
                        assertThat(refusal.getMessage()).contains("Unschedulable");
                    });

            cordon("uncordon");
            assertThat(client.answer("nowhere", "{}")).contains("fns-fn-");
        } finally {
            cordon("uncordon");
        }
    }

    private static void cordon(String verb) {
        var nodes = Cluster.client().nodes().list().getItems();
        nodes.forEach(
                node -> Cluster.kubectl(verb, node.getMetadata().getName()).succeeded());
    }

    private static List<Pod> runners(String function) {
        return stack.pods("runner").stream()
                .filter(pod -> function.equals(pod.getMetadata().getLabels().get("ruststack.dev/function")))
                .toList();
    }

    private static List<String> images(Pod pod) {
        return pod.getSpec().getContainers().stream().map(Container::getImage).toList();
    }
}
