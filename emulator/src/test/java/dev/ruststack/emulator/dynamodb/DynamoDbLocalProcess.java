package dev.ruststack.emulator.dynamodb;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A real DynamoDB Local for tests, out of the folder that the module {@code dynamodb-local} builds. */
public final class DynamoDbLocalProcess implements AutoCloseable {
    private static final Path HOME = Path.of("..", "dynamodb-local", "target", "dynamodb-local");
    private static final String LISTENING = "ruststack: listening on ";

    private final Process process;
    private final int port;

    private DynamoDbLocalProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one on a port; 0 takes a free one. It ends with this process at the latest. */
    public static DynamoDbLocalProcess start(int port) throws IOException {
        return start(port, "-inMemory");
    }

    /** Starts one on a free port whose tables are in files. */
    public static DynamoDbLocalProcess start(Path database) throws IOException {
        return start(0, "-dbPath", database.toAbsolutePath().toString());
    }

    private static DynamoDbLocalProcess start(int port, String... storage) throws IOException {
        var command = new ArrayList<>(command(port));
        command.addAll(List.of(storage));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = process.inputReader();
        var said = new ArrayList<String>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofPlatform().daemon().start(() -> output.lines().forEach(ignored -> {}));
                return new DynamoDbLocalProcess(process, Integer.parseInt(line.substring(LISTENING.length())));
            }
            said.add(line);
        }
        throw new IOException("DynamoDB Local did not start: " + said);
    }

    private static List<String> command(int port) throws IOException {
        String jars;
        try (var files = Files.list(HOME.resolve("lib"))) {
            jars = files.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Djava.nio.channels.spi.SelectorProvider=dev.ruststack.dynamodblocal.LoopbackSelectorProvider",
                "-Druststack.port=" + port,
                "-cp",
                jars,
                "dev.ruststack.dynamodblocal.Main",
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                "-disableTelemetry");
    }

    int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Kills it, as a crash would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }
}
