package dev.ruststack.cli.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbLocalTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void answersOnceStarted() throws Exception {
        try (var dynamoDb = start(DynamoDbLocal.Listener.SILENT)) {
            assertThat(listTables(dynamoDb.uri())).isEqualTo("{\"TableNames\":[]}");
        }
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        try (var dynamoDb = start(DynamoDbLocal.Listener.SILENT)) {
            for (var address : otherAddresses()) {
                assertThatThrownBy(() -> connect(
                                new InetSocketAddress(address, dynamoDb.uri().getPort())))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void isStartedAgainOnTheSamePortWhenItDies() throws Exception {
        var events = Collections.synchronizedList(new ArrayList<String>());
        try (var dynamoDb = start(recording(events))) {
            long first = dynamoDb.pid();
            var uri = dynamoDb.uri();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(LONG).until(() -> events.size() == 5);

            assertThat(events)
                    .containsExactly(
                            "starting",
                            "started",
                            "DynamoDB Local ended (killed by signal 9) and is started again; its tables are lost.",
                            "starting",
                            "started");
            assertThat(dynamoDb.pid()).isNotEqualTo(first);
            assertThat(dynamoDb.uri()).isEqualTo(uri);
            assertThat(listTables(uri)).isEqualTo("{\"TableNames\":[]}");
        }
    }

    @Test
    void leavesNoProcessAndNoTemporaryFileWhenClosed() throws Exception {
        var before = sqliteFiles();
        var dynamoDb = start(DynamoDbLocal.Listener.SILENT);
        var process = ProcessHandle.of(dynamoDb.pid()).orElseThrow();
        listTables(dynamoDb.uri());

        dynamoDb.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(sqliteFiles()).isEqualTo(before);
    }

    @Test
    void diesWithItsParentHoweverThatDies() throws Exception {
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + Installation.PROPERTY + "="
                                + Installation.locate().home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrphanMaker.class.getName())
                .redirectErrorStream(true)
                .start();
        ProcessHandle child;
        try (var output = parent.inputReader()) {
            var line = output.readLine();
            while (line != null && !line.startsWith("child ")) {
                line = output.readLine();
            }
            assertThat(line).as("the pid of DynamoDB Local").isNotNull();
            child = ProcessHandle.of(Long.parseLong(line.substring("child ".length())))
                    .orElseThrow();

            parent.destroyForcibly().waitFor();
        }

        child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aFailedStartShowsItsLastLines(@TempDir Path empty) throws Exception {
        Files.createDirectory(empty.resolve("lib"));

        assertThatThrownBy(() -> DynamoDbLocal.start(
                        new Installation(empty), DynamoDbLocal.Options.DEFAULT, DynamoDbLocal.Listener.SILENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DynamoDB Local did not start (exit status 1)")
                .hasMessageContaining("dev.ruststack.dynamodblocal.Main");
    }

    @Test
    void aFolderThatIsNotThereIsNamedWithTheRemedy() {
        System.setProperty(Installation.PROPERTY, "/nowhere");
        try {
            assertThatThrownBy(Installation::locate)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/nowhere")
                    .hasMessageContaining("./mvnw");
        } finally {
            System.clearProperty(Installation.PROPERTY);
        }
    }

    /** Starts DynamoDB Local and waits to be killed. */
    static final class OrphanMaker {
        private OrphanMaker() {}

        public static void main(String[] arguments) throws Exception {
            try (var dynamoDb = start(DynamoDbLocal.Listener.SILENT)) {
                System.out.println("child " + dynamoDb.pid());
                Thread.sleep(Duration.ofMinutes(10));
            }
        }
    }

    private static DynamoDbLocal start(DynamoDbLocal.Listener listener) throws IOException, InterruptedException {
        return DynamoDbLocal.start(Installation.locate(), DynamoDbLocal.Options.DEFAULT, listener);
    }

    private static DynamoDbLocal.Listener recording(List<String> events) {
        return new DynamoDbLocal.Listener() {
            @Override
            public void starting() {
                events.add("starting");
            }

            @Override
            public void started(Duration took) {
                events.add("started");
            }

            @Override
            public void died(String reason) {
                events.add(reason);
            }
        };
    }

    private static String listTables(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, 2000);
        }
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }

    private static List<String> sqliteFiles() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("sqlite-"))
                    .sorted()
                    .toList();
        }
    }
}
