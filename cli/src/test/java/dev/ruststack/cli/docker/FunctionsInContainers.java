package dev.ruststack.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.cli.clients.StackProcess;
import dev.ruststack.cli.launcher.Launcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./ruststack up} with functions in containers of a real Docker engine, that of {@code DOCKER_HOST}, which has the
 * stand-ins of e2e for AWS's base images. Not part of {@code ./mvnw verify}: e2e/docker runs it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionsInContainers {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String IMAGE = "localhost/shop:1";

    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop}
            spec:
              dynamodb: {mode: Disabled}
              lambda: {executor: Docker, maxRunners: 12}
              buckets: [{name: things}]
              functions:
              - {name: python, runtime: python3.11, handler: app.handler, timeout: 5, code: {path: python}}
              - name: node
                runtime: nodejs20.x
                handler: index.handler
                code: {files: {index.mjs: "export const handler = async (event) => ({ node: process.version, event })"}}
              - name: image
                code: {imageUri: localhost/shop:1}
                imageConfig: {command: [shop.handler]}
            """;

    private static final String PYTHON = """
            import os, subprocess, time

            def handler(event, context):
                if "shell" in event:
                    return subprocess.run(event["shell"], shell=True, capture_output=True, text=True).stdout
                if "hold" in event:
                    return len(bytearray(event["hold"] << 20))
                if "write" in event:
                    with open("/tmp/file", "wb") as file:
                        for _ in range(event["write"]):
                            file.write(b"x" * (1 << 20))
                    return os.path.getsize("/tmp/file") >> 20
                if "sleep" in event:
                    time.sleep(event["sleep"])
                if "s3" in event:
                    import boto3
                    s3 = boto3.client("s3")
                    s3.put_object(Bucket="things", Key="key", Body=event["s3"].encode())
                    return s3.get_object(Bucket="things", Key="key")["Body"].read().decode()
                return "version 1"
            """;

    @TempDir
    private static Path folder;

    private DockerEngine engine;
    private Launcher launcher;
    private StackProcess stack;

    @BeforeAll
    void startStack() throws Exception {
        engine = DockerEngine.connect(System.getenv());
        TestImages.make(engine, "public.ecr.aws/lambda/python:3.11", IMAGE, "/var/task/shop.py", """
                def handler(event, context):
                    return {"from": "the image", "function": context.function_name}
                """);
        launcher = launcher("run");
        stack = StackProcess.up(launcher, stackFile(STACK));
    }

    private Launcher launcher(String name) throws IOException {
        return Launcher.packaged(Files.createDirectories(folder.resolve(name)))
                .with("DOCKER_HOST", System.getenv("DOCKER_HOST"));
    }

    private Path stackFile(String text) throws IOException {
        var source = Files.createDirectories(folder.resolve("python"));
        Files.writeString(source.resolve("app.py"), PYTHON);
        return Files.writeString(folder.resolve("stack.yaml"), text);
    }

    @AfterAll
    void stopStack() {
        stack.close();
        assertThat(containers()).isEmpty();
        assertThat(TestImages.volumes(engine)).isEmpty();
        engine.close();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        // What one function had to be given anew is removed while the next test runs already.
        await().atMost(LONG).until(() -> containers().size() <= 4);
    }

    private List<String> containers() {
        return engine.labelled(Owner.PROCESS).stream()
                .map(container -> String.join(",", container.getNames()))
                .toList();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.environment().get("AWS_ENDPOINT_URL") + path))
                .header("X-Amz-Log-Type", "Tail")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> invoke(String function, String event) throws Exception {
        return send("POST", "/2015-03-31/functions/" + function + "/invocations", event);
    }

    private String python(String event) throws Exception {
        return invoke("python", event).body();
    }

    private static String tail(HttpResponse<String> answer) {
        return new String(
                Base64.getDecoder()
                        .decode(answer.headers().firstValue("X-Amz-Log-Result").orElseThrow()),
                StandardCharsets.UTF_8);
    }

    @Test
    void functionsOfEveryKindAnswer() throws Exception {
        assertThat(python("{}")).isEqualTo("\"version 1\"");
        assertThat(invoke("node", "{\"a\":1}").body())
                .contains("\"node\":\"v20")
                .contains("\"event\":{\"a\":1}");
        assertThat(invoke("image", "{}").body()).isEqualTo("{\"from\": \"the image\", \"function\": \"image\"}");
    }

    @Test
    void theAwsPortIsWhereItIsOnTheMachine() throws Exception {
        assertThat(python("{\"s3\":\"hello\"}")).isEqualTo("\"hello\"");
        assertThat(python("{\"shell\":\"echo -n $AWS_ENDPOINT_URL\"}"))
                .isEqualTo("\"" + stack.environment().get("AWS_ENDPOINT_URL") + "\"");
    }

    @Test
    void theFunctionIsAnOrdinaryUserThatCanWriteToTmpOnly() throws Exception {
        var said =
                python("{\"shell\":\"id -u; touch /etc/a /usr/a 2>&1; grep CapEff /proc/self/status; echo hi > /tmp/a;"
                        + " cat /tmp/a /ruststack/token /proc/1/environ; grep NoNewPrivs /proc/self/status\"}");

        assertThat(said)
                .startsWith("\"10001\\n")
                .contains("'/etc/a': Read-only file system", "'/usr/a': Read-only file system", "NoNewPrivs:\\t1")
                .contains("CapEff:\\t0000000000000000\\nhi\\nNoNewPrivs");
    }

    @Test
    void whatIsWrittenToTmpIsNoMemoryOfTheFunction() throws Exception {
        assertThat(python("{\"write\":400}")).isEqualTo("400");
        assertThat(python("{\"write\":600}")).contains("No space left on device");
        assertThat(python("{\"shell\":\"rm /tmp/file; ls /tmp\"}")).isEqualTo("\"\"");
    }

    @Test
    void moreMemoryThanTheFunctionsSizeIsOutOfMemory() throws Exception {
        assertThat(python("{\"hold\":100}")).isEqualTo(String.valueOf(100 << 20));

        var answer = invoke("python", "{\"hold\":300}");

        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body())
                .contains("\"errorType\":\"Runtime.ExitError\"")
                .contains("Error: Runtime exited with error: signal: killed");
        assertThat(tail(answer)).contains("Status: error").contains("Error Type: Runtime.OutOfMemory");
        assertThat(python("{}")).isEqualTo("\"version 1\"");
    }

    @Test
    void timeoutsEndTheProcessAndKeepTmp() throws Exception {
        python("{\"shell\":\"echo kept > /tmp/kept\"}");

        assertThat(python("{\"sleep\":10}")).contains("Task timed out after 5.00 seconds");
        assertThat(python("{\"shell\":\"cat /tmp/kept\"}")).isEqualTo("\"kept\\n\"");
    }

    @Test
    void layersAreInOpt() throws Exception {
        var layer = send(
                "POST",
                "/2018-10-31/layers/tools/versions",
                "{\"Content\":{\"ZipFile\":\"" + TestImages.zip("bin/tool", """
                        #!/bin/sh
                        echo from the layer
                        """) + "\"}}");
        assertThat(layer.statusCode()).as(layer.body()).isEqualTo(201);
        var arn = layer.body().replaceAll("(?s).*\"LayerVersionArn\":\"([^\"]*)\".*", "$1");
        create("layered", "python3.11", "\"Layers\":[\"" + arn + "\"],");

        assertThat(invoke("layered", "{}").body()).isEqualTo("\"from the layer\\n\"");
    }

    private void create(String name, String runtime, String more) throws Exception {
        var zip = TestImages.zip("app.py", """
                import subprocess
                def handler(event, context):
                    return subprocess.run("tool", shell=True, capture_output=True, text=True).stdout
                """);
        var answer = send("POST", "/2015-03-31/functions", """
                {"FunctionName":"%s","Runtime":"%s","Handler":"app.handler","Role":"arn:aws:iam::000000000000:role/any",%s
                 "Code":{"ZipFile":"%s"}}""".formatted(name, runtime, more, zip));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void anImageThatCannotBePulledIsNamed() throws Exception {
        create("absent", "ruby3.3", "");

        var answer = invoke("absent", "{}");

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(answer.body()).contains("the image public.ecr.aws/lambda/ruby:3.3 cannot be pulled");
        assertThat(send("DELETE", "/2015-03-31/functions/absent", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void aChangedSourceIsLiveAtTheNextInvocation() throws Exception {
        var file = folder.resolve("python/app.py");
        Files.writeString(file, PYTHON.replace("version 1", "version 2"));
        await().atMost(LONG).until(() -> python("{}").equals("\"version 2\""));
        Files.writeString(file, PYTHON);
        await().atMost(LONG).until(() -> python("{}").equals("\"version 1\""));
    }

    @Test
    void theContainersOfAKilledRunAreRemovedByTheNext() throws Exception {
        var text = STACK.replace("shop}", "other}").replaceAll("(?s)  - name: node.*", "");
        var own = launcher("killed");
        var killed = StackProcess.up(own, stackFile(text));
        var before =
                containers().stream().filter(name -> name.contains("-other-")).toList();
        assertThat(before).isNotEmpty();

        killed.running().process().destroyForcibly().waitFor();
        try (var _ = StackProcess.up(own, stackFile(text))) {
            assertThat(containers()).doesNotContainAnyElementsOf(before);
            assertThat(containers()).anyMatch(name -> name.contains("-shop-"));
        }
        assertThat(containers()).noneMatch(name -> name.contains("-other-"));
    }

    @Test
    void anEngineThatIsNotThereIsNamedWithWhatToDo() throws Exception {
        var nowhere = launcher("nowhere").with("DOCKER_HOST", "unix://" + folder + "/none.sock");

        var ended = nowhere.run("up", stackFile(STACK).toString(), "--free-ports");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.err())
                .contains("the Docker engine at unix://" + folder + "/none.sock cannot be used")
                .contains("start Docker")
                .contains("DOCKER_HOST");
    }

    @Test
    void aPoolOfContainersWaits() throws Exception {
        var text = STACK.replace("shop}", "pooled}")
                .replace("maxRunners: 12", "maxRunners: 12, warmPool: [{runtime: python3.11, size: 2}]")
                .replaceAll("(?s)  functions:.*", "");
        try (var _ = StackProcess.up(launcher("pooled"), Files.writeString(folder.resolve("pooled.yaml"), text))) {
            await().atMost(LONG)
                    .until(() -> containers().stream()
                                    .filter(name -> name.contains("-pooled-"))
                                    .count()
                            == 2);
        }
        assertThat(containers()).noneMatch(name -> name.contains("-pooled-"));
    }
}
