package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.lambda.sandbox.RunnerPod.Shape;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a sandbox by wanting a pod: whoever reads {@link #wanted} makes it, and its runner dials here. Generic pods wait
 * in a pool for whichever function needs one of their kind, so that a cold start is no pod's start; the function that
 * takes one has another made in its place. A pod is used for one function only, and once.
 */
public final class PodLauncher implements SandboxLauncher, Sandboxes {
    private static final Logger LOG = LoggerFactory.getLogger(PodLauncher.class);
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 16;

    /** MB of /tmp of a pod in the pool, which is what a function has unless it says otherwise. */
    private static final int POOL_STORAGE = 512;

    private final SecureRandom random = new SecureRandom();
    private final RunnerApi api;
    private final int maxRunners;
    private final RunnerPod.Patience patience;
    private final String kind;
    private final WarmPools pools = new WarmPools();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** By id, in the order in which they were wanted. */
    private final Map<String, RunnerPod> pods = new LinkedHashMap<>();

    private boolean closed;

    private final RunnerPod.Owner owner = new RunnerPod.Owner() {
        @Override
        public void connected(RunnerPod pod) {
            pools.connected(pod.shape());
            changed();
        }

        @Override
        public void ended(RunnerPod pod) {
            PodLauncher.this.ended(pod);
        }

        @Override
        public String kind() {
            return kind;
        }
    };

    /**
     * Makes a launcher that wants nothing yet.
     *
     * @param runnerKey the stack's key: the tokens of runners are made of it
     * @param maxRunners the most pods at a time, those of the pool included
     * @param startLimit how long a function waits for its pod's runner
     * @param troubleLimit how long it waits where it is known that something keeps the pod from starting
     * @param kind what users call a pod: {@code pod} or {@code container}
     */
    public PodLauncher(String runnerKey, int maxRunners, Duration startLimit, Duration troubleLimit, String kind) {
        this.kind = kind;
        this.api = new RunnerApi(runnerKey, this::find);
        this.maxRunners = maxRunners;
        this.patience = new RunnerPod.Patience(startLimit, troubleLimit);
    }

    /** What runners talk to; to be served below {@link RunnerApi#PREFIX}. */
    public RunnerApi api() {
        return api;
    }

    private @Nullable RunnerPod find(String id) {
        lock.lock();
        try {
            return pods.get(id);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Sandbox launch(Request request) throws SandboxException, InterruptedException {
        var pod = place(request);
        changed();
        try {
            pod.awaitConnected(patience);
        } catch (SandboxException | InterruptedException e) {
            remove(pod);
            throw e;
        }
        return new RunnerSandbox(pod, this::remove);
    }

    private static Shape shape(Request request) {
        // Nobody has to ask for x86_64, and every cluster has nodes of some kind.
        var architecture = request.architecture().equals("x86_64") ? null : request.architecture();
        return new Shape(
                request.runtime(),
                request.imageUri(),
                architecture,
                request.memorySize(),
                request.ephemeralStorage(),
                request.debugPort());
    }

    /** A pod that waits, the longest connected first, or a new one. */
    private RunnerPod place(Request request) throws SandboxException {
        var shape = shape(request);
        RunnerPod displaced;
        RunnerPod wanted;
        lock.lock();
        try {
            if (closed) {
                throw new SandboxException(SandboxException.Kind.UNAVAILABLE, "The emulator is stopping.");
            }
            var waiting = waiting(shape, request.function());
            if (waiting != null) {
                waiting.take(request.function());
                refill();
                return waiting;
            }
            displaced = makeRoom();
            wanted = want(shape, request.function());
        } finally {
            lock.unlock();
        }
        if (displaced != null) {
            displaced.close();
        }
        return wanted;
    }

    private @Nullable RunnerPod waiting(Shape shape, String function) {
        RunnerPod best = null;
        for (var pod : pods.values()) {
            boolean fits =
                    pod.waitsFor(function) && !pod.isEnded() && pod.shape().equals(shape);
            if (fits && (best == null || (pod.isConnected() && !best.isConnected()))) {
                best = pod;
            }
        }
        return best;
    }

    /** Where there is no room for another pod, takes one out of the pool, for the caller to close without the lock. */
    private @Nullable RunnerPod makeRoom() {
        if (pods.size() < maxRunners) {
            return null;
        }
        for (var pod : pods.values()) {
            if (pod.isPooled()) {
                return pods.remove(pod.id());
            }
        }
        return null;
    }

    private RunnerPod want(Shape shape, @Nullable String function) {
        var pod = new RunnerPod(newId(), shape, function, owner);
        pods.put(pod.id(), pod);
        return pod;
    }

    private String newId() {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }

    /** Those of a pool that is no more are ended. */
    @Override
    public void keepWarm(List<Warm> warm) {
        var ended = new ArrayList<RunnerPod>();
        lock.lock();
        try {
            pools.set(warm.stream()
                    .map(each -> new WarmPools.Pool(
                            new Shape(each.runtime(), null, null, each.memorySize(), POOL_STORAGE, null), each.size()))
                    .toList());
            for (var pod : List.copyOf(pods.values())) {
                if (pod.isPooled() && !pools.has(pod.shape())) {
                    pods.remove(pod.id());
                    ended.add(pod);
                }
            }
            refill();
        } finally {
            lock.unlock();
        }
        ended.forEach(RunnerPod::close);
        changed();
    }

    @Override
    public void prepare(List<Request> requests) {
        List<RunnerPod> unused;
        lock.lock();
        try {
            unused = pods.values().stream().filter(RunnerPod::isReserved).toList();
            unused.forEach(pod -> pods.remove(pod.id()));
            for (var request : requests) {
                if (!closed && pods.size() < maxRunners && !pools.has(shape(request))) {
                    want(shape(request), request.function()).reserve();
                }
            }
        } finally {
            lock.unlock();
        }
        unused.forEach(RunnerPod::close);
        changed();
    }

    private void refill() {
        for (var pool : pools.all()) {
            long waiting = pods.values().stream()
                    .filter(pod ->
                            pod.isPooled() && !pod.isEnded() && pod.shape().equals(pool.shape()))
                    .count();
            while (!closed && waiting < pool.size() && pods.size() < maxRunners && pools.mayRefill(pool.shape())) {
                want(pool.shape(), null);
                waiting++;
            }
        }
    }

    /** A pod is gone that nobody has closed. One of the pool is made again, not at once where it keeps failing. */
    private void ended(RunnerPod pod) {
        if (pod.isPooled() && !pod.isClosed()) {
            var pause = pools.failed(pod.shape());
            LOG.warn(
                    "A waiting {} of {} has ended; another in {} s",
                    kind,
                    pod.shape().runtime(),
                    pause.toSeconds());
            Thread.ofVirtual().name("pool-" + pod.id()).start(() -> refillAfter(pause, pod.shape()));
        }
        remove(pod);
    }

    private void refillAfter(Duration pause, Shape shape) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            return;
        }
        lock.lock();
        try {
            pools.retry(shape, this::refill);
        } finally {
            lock.unlock();
        }
        changed();
    }

    private void remove(RunnerPod pod) {
        pod.close();
        lock.lock();
        try {
            if (pods.remove(pod.id()) == null) {
                return;
            }
            refill();
        } finally {
            lock.unlock();
        }
        changed();
    }

    @Override
    public List<SandboxView> wanted() {
        lock.lock();
        try {
            return pods.values().stream().map(RunnerPod::view).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean report(String id, Report report) {
        var pod = find(id);
        if (pod == null) {
            return false;
        }
        LOG.info("{} {}: {} {}", kind, id, report.phase(), RunnerPod.text(report));
        pod.report(report);
        return true;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** Wants no pod any more. */
    @Override
    public void close() {
        List<RunnerPod> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(pods.values());
            pods.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(RunnerPod::close);
        changed();
    }
}
