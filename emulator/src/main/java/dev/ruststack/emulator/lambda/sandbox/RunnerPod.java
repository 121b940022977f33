package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.Sandboxes.Report;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.SandboxView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One pod that is wanted: from the wish, over its runner's connection, to its end. */
final class RunnerPod implements RunnerConnection.Listener {
    /** The kubelet tells the API server of a container's end about as soon; the operator passes it on at once. */
    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(3);

    private final String id;
    private final @Nullable String runtime;
    private final @Nullable String imageUri;
    private final @Nullable String architecture;
    private final int memorySize;
    private final int ephemeralStorage;
    private final @Nullable Integer debugPort;
    private final Owner owner;
    private final RunnerConnection connection = new RunnerConnection(this);
    private final AtomicBoolean used = new AtomicBoolean();
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch connectedOrEnded = new CountDownLatch(1);

    /** As the other, and also once it is known what keeps the pod from starting. */
    private final CountDownLatch settled = new CountDownLatch(1);

    private final CompletableFuture<Report> failure = new CompletableFuture<>();
    private volatile @Nullable Report pending;
    private volatile @Nullable String function;
    private volatile @Nullable RunnerSandbox sandbox;
    private volatile boolean reserved;
    private volatile boolean connected;
    private volatile boolean closed;

    /** What the runner may fetch, by name: the code, the layers. */
    private final Map<String, Path> code = new ConcurrentHashMap<>();

    /** Whoever wants it. */
    interface Owner {
        /** Its runner is there. */
        void connected(RunnerPod pod);

        /** Its runner is gone, or never came. */
        void ended(RunnerPod pod);

        /** What users call what it is: a pod, or a container. */
        String kind();
    }

    /** What a pod has to be; {@code function} is null in the pool. */
    RunnerPod(String id, Shape shape, @Nullable String function, Owner owner) {
        this.id = id;
        this.runtime = shape.runtime();
        this.imageUri = shape.imageUri();
        this.architecture = shape.architecture();
        this.memorySize = shape.memorySize();
        this.ephemeralStorage = shape.ephemeralStorage();
        this.debugPort = shape.debugPort();
        this.function = function;
        this.owner = owner;
    }

    /**
     * How long a function waits for its pod's runner.
     *
     * @param start at most
     * @param inTrouble where the operator has told what keeps the pod from starting: shorter than clients wait for an
     *     answer, so that they get the reason
     */
    record Patience(Duration start, Duration inTrouble) {
        Patience {
            inTrouble = inTrouble.compareTo(start) < 0 ? inTrouble : start;
        }
    }

    /** What distinguishes pods from each other. */
    record Shape(
            @Nullable String runtime,
            @Nullable String imageUri,
            @Nullable String architecture,
            int memorySize,
            int ephemeralStorage,
            @Nullable Integer debugPort) {}

    String id() {
        return id;
    }

    Shape shape() {
        return new Shape(runtime, imageUri, architecture, memorySize, ephemeralStorage, debugPort);
    }

    SandboxView view() {
        return new SandboxView(
                id,
                runtime,
                imageUri,
                architecture,
                memorySize,
                ephemeralStorage,
                function,
                connected ? SandboxView.CONNECTED : SandboxView.WANTED,
                debugPort);
    }

    boolean isPooled() {
        return function == null;
    }

    boolean isConnected() {
        return connected && !ending.get();
    }

    /** Whether its runner is gone for good, or it never had one. */
    boolean isEnded() {
        return ending.get() || closed;
    }

    /** Whether it is wanted no more. */
    boolean isClosed() {
        return closed;
    }

    /** Made ahead for its function, which has not asked for it yet. */
    boolean isReserved() {
        return reserved;
    }

    RunnerPod reserve() {
        reserved = true;
        return this;
    }

    /** Gives a pod that waits to a function. */
    void take(String newFunction) {
        function = newFunction;
        reserved = false;
    }

    /** Whether it waits for this function, or in the pool for any. */
    boolean waitsFor(String someFunction) {
        var own = function;
        return own == null || (reserved && own.equals(someFunction));
    }

    /** The connection, for its one runner; null for whoever comes second. */
    @Nullable
    RunnerConnection connect() {
        return !isEnded() && used.compareAndSet(false, true) ? connection : null;
    }

    /** The connection once its other stream is there too; null where there is no first, or was a second before. */
    @Nullable
    RunnerConnection established() {
        if (!used.get() || isEnded() || !listening.compareAndSet(false, true)) {
            return null;
        }
        connected = true;
        connectedOrEnded.countDown();
        settled.countDown();
        owner.connected(this);
        return connection;
    }

    /** Takes what became of the pod. */
    void report(Report report) {
        if (!report.phase().equals(Report.FAILED)) {
            pending = report;
            settled.countDown();
            return;
        }
        failure.complete(report);
        connection.end();
    }

    /** Waits for its runner; throws with the reason where it does not come in time, or never will. */
    void awaitConnected(Patience patience) throws InterruptedException, SandboxException {
        long began = System.nanoTime();
        boolean inTime = await(connectedOrEnded, patience.inTrouble())
                || (await(settled, patience.start().minusNanos(System.nanoTime() - began)) && pending == null);
        if (isConnected()) {
            return;
        }
        var failed = failure.getNow(null);
        if (failed != null) {
            throw unavailable("could not start: " + text(failed));
        }
        if (closed || ending.get()) {
            throw unavailable("has ended before it started");
        }
        var why = pending;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        var waited = inTime ? "" : " within " + seconds + " seconds";
        throw unavailable("did not start" + waited + (why == null ? "; nobody has said why" : ": " + text(why)));
    }

    private static boolean await(CountDownLatch latch, Duration limit) throws InterruptedException {
        return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private SandboxException unavailable(String what) {
        return new SandboxException(SandboxException.Kind.UNAVAILABLE, "The function's " + kind() + " " + what + ".");
    }

    /** What users call it. */
    String kind() {
        return owner.kind();
    }

    static String text(Report report) {
        return report.message().isEmpty() ? report.reason() : report.reason() + ": " + report.message();
    }

    void attach(RunnerSandbox newSandbox) {
        sandbox = newSandbox;
    }

    void send(Map<String, ?> order) {
        connection.send(order);
    }

    /** Lets the runner fetch a directory: the function's code, or its layers. Gives the name that it goes by. */
    String offer(Path directory) {
        var name = UUID.nameUUIDFromBytes(directory.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        code.put(name, directory);
        return name;
    }

    /** The directory that goes by a name; null where there is none such. */
    @Nullable
    Path code(String name) {
        return code.get(name);
    }

    @Override
    public void event(JsonNode event) {
        var attached = sandbox;
        if (attached != null) {
            attached.event(event);
        }
    }

    /** Waits a moment for the reason, which comes another way, before anyone is told. */
    @Override
    public void lost() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("runner-lost-" + id).start(() -> {
            var report = closed ? null : awaitReport();
            connectedOrEnded.countDown();
            settled.countDown();
            owner.ended(this);
            var attached = sandbox;
            if (attached != null) {
                attached.lost(report);
            }
        });
    }

    private @Nullable Report awaitReport() {
        try {
            return failure.get(REPORT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** It is wanted no more. */
    void close() {
        closed = true;
        connection.end();
        connectedOrEnded.countDown();
        settled.countDown();
    }
}
