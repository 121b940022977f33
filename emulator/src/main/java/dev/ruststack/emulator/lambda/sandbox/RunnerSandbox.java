package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Sandboxes.Report;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A pod, through the runner in it: every call becomes an order over its connection, every event of it a call of the
 * listener. A pod that is gone does not come back; {@link #isUsable} tells.
 */
final class RunnerSandbox implements Sandbox {
    private static final String RUNTIME_API = "AWS_LAMBDA_RUNTIME_API";
    private static final List<String> IMAGE_ENTRY_POINT = List.of("/lambda-entrypoint.sh");

    /** Whoever makes a container for a function with a debugger puts this there. */
    private static final String DEBUG_WRAPPER = "/ruststack/debug-python";

    private static final int KILLED = 9;
    private static final long FLUSH_SECONDS = 5;

    private final RunnerPod pod;
    private final Consumer<RunnerPod> onClose;
    private final AtomicLong flushes = new AtomicLong();
    private final Map<Long, CompletableFuture<Void>> flushing = new ConcurrentHashMap<>();
    private volatile @Nullable Running running;
    private volatile boolean lost;

    /** One process; {@code n} counts those of this sandbox. */
    private static final class Running {
        private final int n;
        private final Listener listener;
        private volatile long peakMemory;
        private volatile boolean over;

        Running(int n, Listener listener) {
            this.n = n;
            this.listener = listener;
        }
    }

    RunnerSandbox(RunnerPod pod, Consumer<RunnerPod> onClose) {
        this.pod = pod;
        this.onClose = onClose;
        pod.attach(this);
    }

    @Override
    public void start(Program program, Listener listener) throws SandboxException {
        var before = running;
        var next = new Running(before == null ? 1 : before.n + 1, listener);
        running = next;
        pod.send(order(program, next.n));
        if (!isUsable()) {
            throw new SandboxException(SandboxException.Kind.UNAVAILABLE, "The function's " + pod.kind() + " is gone.");
        }
    }

    private Map<String, Object> order(Program program, int n) throws SandboxException {
        var order = new HashMap<String, Object>();
        order.put("do", "start");
        order.put("n", n);
        var image = program.image();
        if (image == null) {
            order.put("code", pod.offer(program.code()));
            if (program.layers() != null) {
                order.put("layers", pod.offer(program.layers()));
            }
        } else {
            var command = new ArrayList<>(image.entryPoint().isEmpty() ? IMAGE_ENTRY_POINT : image.entryPoint());
            command.addAll(image.command());
            order.put("command", command);
            if (image.workingDirectory() != null) {
                order.put("directory", image.workingDirectory());
            }
        }
        var variables = new HashMap<String, String>();
        variables.put("TZ", ":UTC");
        variables.putAll(Debugger.variables(program, "0.0.0.0", DEBUG_WRAPPER));
        var api = variables.getOrDefault(RUNTIME_API, "");
        order.put("session", api.substring(Math.max(0, api.indexOf('/'))));
        variables.put(RUNTIME_API, "127.0.0.1:9001");
        variables.put("LAMBDA_TASK_ROOT", "/var/task");
        variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
        order.put("variables", variables);
        return order;
    }

    /** Takes an event of the runner. */
    void event(JsonNode event) {
        var current = running;
        if (event.path("is").asString("").equals("flushed")) {
            flushed(current, event);
        } else if (current != null && event.path("n").asInt(0) == current.n) {
            ofProcess(current, event);
        }
    }

    private static void ofProcess(Running process, JsonNode event) {
        switch (event.path("is").asString("")) {
            case "line" -> line(process.listener, event);
            case "exit" -> exited(process, exit(event, process));
            case "failed" -> failed(process, event);
            case "extensions" -> process.listener.extensions(names(event));
            case "extensionExit" ->
                process.listener.extensionExited(event.path("extension").asString(""), exit(event, process));
            case "extensionFailed" ->
                process.listener.extensionNotStarted(
                        event.path("extension").asString(""),
                        event.path("message").asString(""));
            default -> {}
        }
    }

    private static void line(Listener listener, JsonNode event) {
        var text = event.path("text").asString("");
        if (event.has("extension")) {
            listener.extensionLine(text);
        } else {
            listener.line(text);
        }
    }

    private static Set<String> names(JsonNode event) {
        var names = new HashSet<String>();
        event.path("names").forEach(name -> names.add(name.asString("")));
        return names;
    }

    private void flushed(@Nullable Running current, JsonNode event) {
        if (current != null) {
            current.peakMemory =
                    Math.max(current.peakMemory, event.path("peakMemory").asLong(0));
        }
        var waiting = flushing.remove(event.path("k").asLong(0));
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private static Exit exit(JsonNode event, Running current) {
        long peak = Math.max(current.peakMemory, event.path("peakMemory").asLong(0));
        return new Exit(
                event.path("code").asInt(0),
                event.path("signal").asInt(0),
                peak,
                event.path("oom").asBoolean(false));
    }

    private static void exited(Running process, Exit exit) {
        if (!process.over) {
            process.over = true;
            process.peakMemory = exit.peakMemory();
            process.listener.exited(exit);
        }
    }

    private static void failed(Running process, JsonNode event) {
        process.over = true;
        var kind = event.path("kind").asString("").equals("InvalidEntrypoint")
                ? SandboxException.Kind.INVALID_ENTRYPOINT
                : SandboxException.Kind.UNAVAILABLE;
        process.listener.failed(new SandboxException(kind, event.path("message").asString("")));
    }

    /** The runner is gone, with the function; {@code report} tells why, where anyone has. */
    void lost(@Nullable Report report) {
        lost = true;
        flushing.values().forEach(each -> each.complete(null));
        var process = running;
        if (process == null || process.over) {
            return;
        }
        if (report == null) {
            process.listener.notice("The connection to the function's " + pod.kind() + " was lost.");
        } else {
            report.log().forEach(process.listener::notice);
            process.listener.notice("The function's " + pod.kind() + " has ended: " + RunnerPod.text(report));
        }
        boolean outOfMemory = report != null && report.reason().equals("OOMKilled");
        exited(process, new Exit(0, KILLED, process.peakMemory, outOfMemory));
    }

    @Override
    public boolean isUsable() {
        return !lost && !pod.isEnded();
    }

    /** What came of extensions is there for as long as their runtime's order is the last one. */
    private void order(String what) {
        var process = running;
        if (process != null && !lost) {
            pod.send(Map.of("do", what, "n", process.n));
        }
    }

    @Override
    public void proceed() {
        order("proceed");
    }

    @Override
    public void kill() {
        order("kill");
    }

    @Override
    public void terminate() {
        order("terminate");
    }

    @Override
    public void killRuntime() {
        order("killRuntime");
    }

    /** The runner sends it on, and tries for a while where nobody takes it. */
    @Override
    public void deliver(URI destination, byte[] body) {
        pod.send(Map.of(
                "do", "deliver", "to", destination.toString(), "text", new String(body, StandardCharsets.UTF_8)));
    }

    @Override
    public void flush() {
        var process = running;
        if (process == null || process.over || !isUsable()) {
            return;
        }
        long k = flushes.incrementAndGet();
        var answer = new CompletableFuture<Void>();
        flushing.put(k, answer);
        pod.send(Map.of("do", "flush", "k", k));
        if (lost) {
            answer.complete(null);
        }
        try {
            answer.get(FLUSH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What is not here by now belongs to nobody's tail.
        } finally {
            flushing.remove(k);
        }
    }

    @Override
    public long peakMemory() {
        var process = running;
        return process == null ? 0 : process.peakMemory;
    }

    /** The pod is wanted no more: its runner ends with its connection, and the operator removes it. */
    @Override
    public void close() {
        onClose.accept(pod);
    }
}
