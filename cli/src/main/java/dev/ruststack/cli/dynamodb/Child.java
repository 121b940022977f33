package dev.ruststack.cli.dynamodb;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the process of DynamoDB Local. It ends when its standard input does: with {@link #close}, or with us. */
final class Child implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbLocal.class);
    private static final String LISTENING = "ruststack: listening on ";

    /** They would change the child in ways nobody asked for, or print into its output. */
    private static final List<String> UNWANTED_ENVIRONMENT =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private final Process process;
    private final LastLines lastLines = new LastLines();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private Child(Process process) {
        this.process = process;
    }

    /** Starts a process on a port; 0 takes a free one. */
    static Child start(Installation installation, DynamoDbLocal.Options options, int port) throws IOException {
        var builder = new ProcessBuilder(command(installation, options, port))
                .directory(installation.home().toFile())
                .redirectErrorStream(true);
        UNWANTED_ENVIRONMENT.forEach(builder.environment()::remove);
        builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
        var child = new Child(builder.start());
        Thread.ofPlatform().daemon().name("dynamodb-local-output").start(child::readOutput);
        return child;
    }

    private static List<String> command(Installation installation, DynamoDbLocal.Options options, int port)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Measured: the serial collector and the first compiler alone start fastest and take the least memory.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-Xmx" + options.heapMegabytes() + "m", "-XX:+ExitOnOutOfMemoryError"));
        // Nothing in the temporary directory, which would stay there after a kill.
        command.addAll(List.of("-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
        command.add("-Djava.nio.channels.spi.SelectorProvider=dev.ruststack.dynamodblocal.LoopbackSelectorProvider");
        command.add("-Druststack.port=" + port);
        var nativeLibrary = installation.nativeLibrary();
        if (nativeLibrary != null) {
            command.add("-Dorg.sqlite.lib.path=" + nativeLibrary);
        }
        command.add("-cp");
        command.add(installation.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add("dev.ruststack.dynamodblocal.Main");
        command.add("com.amazonaws.services.dynamodbv2.local.main.ServerRunner");
        command.addAll(
                options.database() == null
                        ? List.of("-inMemory")
                        : List.of("-dbPath", options.database().toString()));
        command.add("-disableTelemetry");
        return command;
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader()) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(LISTENING)) {
                    port.complete(Integer.valueOf(line.substring(LISTENING.length())));
                } else {
                    lastLines.add(line);
                }
                LOG.debug("{}", line);
            }
        } catch (IOException e) {
            LOG.debug("The output of DynamoDB Local ended", e);
        } finally {
            port.completeExceptionally(new IOException("DynamoDB Local ended before it listened"));
        }
    }

    /**
     * Waits until it listens.
     *
     * @throws IOException where it ends before, or takes too long; with its last lines
     */
    int awaitPort(Duration timeout) throws IOException, InterruptedException {
        try {
            return port.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("DynamoDB Local did not start (" + exit() + "). " + said(), e);
        } catch (TimeoutException e) {
            throw new IOException("DynamoDB Local did not start within " + timeout.toSeconds() + " s. " + said(), e);
        }
    }

    /** How it ended, for a message. */
    String exit() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
            return "still running";
        }
        int status = process.exitValue();
        return status > 128 ? "killed by signal " + (status - 128) : "exit status " + status;
    }

    String said() {
        var lines = lastLines.toString();
        return lines.isEmpty() ? "It said nothing." : "Its last lines:\n" + lines;
    }

    long pid() {
        return process.pid();
    }

    void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    /** Ends the process; returns when it has gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("DynamoDB Local had gone before its input was closed", e);
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
