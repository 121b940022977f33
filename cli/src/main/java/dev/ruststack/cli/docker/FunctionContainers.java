package dev.ruststack.cli.docker;

import dev.ruststack.emulator.lambda.sandbox.Sandboxes;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.Report;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.SandboxView;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one container for each sandbox that the emulator wants, and none besides: what the operator does with pods. Tells
 * the emulator what becomes of them. When it is closed every container is gone.
 */
final class FunctionContainers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionContainers.class);
    private static final long RETRY_MILLIS = 1000;

    private final DockerEngine engine;
    private final Launch launch;
    private final Sandboxes sandboxes;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Semaphore changes = new Semaphore(0);
    private final Thread reconciler = Thread.ofVirtual().name("containers").unstarted(this::reconcileForEver);
    private volatile boolean closed;
    private volatile @Nullable Closeable ends;

    /**
     * How containers are made.
     *
     * @param image the image of a runtime; null where none is known
     * @param token what the runner of a sandbox proves itself with
     */
    record Launch(
            FunctionContainer.Setting setting,
            RunnerPrograms programs,
            Function<String, @Nullable String> image,
            Function<String, String> token) {}

    private FunctionContainers(DockerEngine engine, Launch launch, Sandboxes sandboxes) {
        this.engine = engine;
        this.launch = launch;
        this.sandboxes = sandboxes;
    }

    /** Begins; the engine stays the caller's. */
    static FunctionContainers start(DockerEngine engine, Launch launch, Sandboxes sandboxes) {
        var containers = new FunctionContainers(engine, launch, sandboxes);
        containers.watchEnds();
        containers.reconciler.start();
        sandboxes.onChange(containers.changes::release);
        containers.changes.release();
        return containers;
    }

    private void reconcileForEver() {
        boolean last;
        do {
            changes.acquireUninterruptibly();
            changes.drainPermits();
            last = closed;
            reconcile(last ? List.of() : sandboxes.wanted());
        } while (!last);
    }

    private void reconcile(List<SandboxView> wanted) {
        var ids = wanted.stream().map(SandboxView::id).collect(Collectors.toSet());
        kept.forEach((id, container) -> {
            if (!ids.contains(id)) {
                container.giveUp();
            }
        });
        for (var sandbox : wanted) {
            if (!kept.containsKey(sandbox.id())) {
                var container = new Kept(sandbox);
                kept.put(sandbox.id(), container);
                container.thread.start();
            }
        }
    }

    private void watchEnds() {
        try {
            ends = engine.watchEnds(launch.setting.owner().filter(), this::ended, this::watchAgain);
        } catch (RuntimeException e) {
            LOG.warn("The Docker engine tells nothing of containers: {}", EngineSocket.deepest(e));
            watchAgain();
        }
    }

    private void watchAgain() {
        if (closed) {
            return;
        }
        Thread.ofVirtual().name("containers-watch").start(() -> {
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            if (!closed) {
                watchEnds();
            }
        });
    }

    private void ended(String containerId) {
        for (var container : kept.values()) {
            if (containerId.equals(container.containerId)) {
                Thread.ofVirtual().name("container-ended").start(container::tellEnd);
            }
        }
    }

    /** Removes every container, and returns when that is done. */
    @Override
    public void close() {
        closed = true;
        changes.release();
        try {
            reconciler.join();
            for (var container : kept.values()) {
                container.thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(ends);
    }

    private static void closeQuietly(@Nullable Closeable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (IOException e) {
            LOG.debug("Could not end the events of the Docker engine", e);
        }
    }

    /** One container, from the wish to its removal; its thread is the only one that makes or removes it. */
    private final class Kept {
        /** A container whose runner does not come so soon has something in its way. */
        private static final long CONNECT_MILLIS = 3000;

        private final SandboxView sandbox;
        private final Thread thread;
        private final Semaphore unwanted = new Semaphore(0);
        private volatile @Nullable String containerId;

        Kept(SandboxView sandbox) {
            this.sandbox = sandbox;
            this.thread = Thread.ofVirtual().name("container-" + sandbox.id()).unstarted(this::live);
        }

        void giveUp() {
            unwanted.release();
        }

        private void live() {
            String name = null;
            try {
                var container = describe();
                name = container == null ? null : container.name();
                if (container != null && new ImageFetch(engine.pulls(), container).await(unwanted, this::pending)) {
                    make(container);
                }
            } catch (RuntimeException | IOException e) {
                fail("CreateRefused", EngineSocket.deepest(e));
            }
            unwanted.acquireUninterruptibly();
            remove(name);
            kept.remove(sandbox.id());
        }

        private @Nullable FunctionContainer describe() {
            var runtime = sandbox.runtime();
            var image = runtime == null ? sandbox.imageUri() : launch.image.apply(runtime);
            if (image == null) {
                fail(
                        "RuntimeImageMissing",
                        "no image is known for the runtime " + runtime + ": name one in spec.lambda.images");
                return null;
            }
            return new FunctionContainer(sandbox, image, launch.setting);
        }

        private void make(FunctionContainer container) {
            var architecture = container.architecture();
            var id = container
                    .configure(engine.container(container.image()))
                    .exec()
                    .getId();
            containerId = id;
            engine.copy(
                    id,
                    FunctionContainer.RUNNER_FOLDER,
                    launch.programs.tar(
                            architecture == null ? engine.architecture() : architecture,
                            launch.token.apply(sandbox.id())));
            engine.start(id);
            LOG.debug("Container {} runs for {}", container.name(), sandbox.function());
            tellWhatIsInTheWay(id);
        }

        /** A runner that cannot reach the emulator says so, where nobody looks but here. */
        private void tellWhatIsInTheWay(String id) {
            try {
                if (unwanted.tryAcquire(CONNECT_MILLIS, TimeUnit.MILLISECONDS)) {
                    unwanted.release();
                    return;
                }
                boolean waits = sandboxes.wanted().stream()
                        .anyMatch(each ->
                                each.id().equals(sandbox.id()) && each.state().equals(SandboxView.WANTED));
                if (waits) {
                    pending(
                            "NotConnected",
                            "its runner has not reached " + launch.setting.emulator()
                                    + "; does a firewall keep containers from this machine? " + runnerLog(id));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private String runnerLog(String id) throws InterruptedException {
            return engine.log(id).stream()
                    .filter(line -> line.startsWith("runner: "))
                    .collect(Collectors.joining("; "));
        }

        private void tellEnd() {
            var id = containerId;
            if (id == null) {
                return;
            }
            try {
                var end = engine.end(id);
                if (end == null) {
                    return;
                }
                var log = runnerLog(id);
                var said = String.join(": ", List.of(end.error(), log)).replaceAll("^: |: $", "");
                var report = new Report(
                        Report.FAILED,
                        end.outOfMemory() ? "OOMKilled" : "Crashed",
                        "exit status " + end.code() + (said.isEmpty() ? "" : ": " + said),
                        List.of(),
                        end.code());
                sandboxes.report(sandbox.id(), report);
            } catch (RuntimeException e) {
                LOG.debug("Container {} has ended", id, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void pending(String reason, String message) {
            sandboxes.report(sandbox.id(), new Report(Report.PENDING, reason, message, List.of(), null));
        }

        private void fail(String reason, String message) {
            sandboxes.report(sandbox.id(), new Report(Report.FAILED, reason, message, List.of(), null));
        }

        private void remove(@Nullable String name) {
            try {
                if (name != null) {
                    engine.remove(name);
                }
            } catch (RuntimeException e) {
                LOG.warn("Container {} could not be removed: {}", name, EngineSocket.deepest(e));
            }
        }
    }
}
