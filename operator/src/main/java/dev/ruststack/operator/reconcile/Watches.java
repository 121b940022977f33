package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.admin.EmulatorClient;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorWatch;
import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One watch for each emulator's pod that has an address, begun as soon as the address is known. */
final class Watches implements AutoCloseable {
    /** How long a look waits for an emulator whose pod is ready: its answer saves another look. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(1);

    private final Looks looks;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Watches(Looks looks) {
        this.looks = looks;
    }

    /** The watch of the stack's pod, begun where it has none; null while there is no pod to watch. */
    @Nullable
    EmulatorWatch of(Round round) {
        var memory = round.memory;
        var pod = round.observed.emulatorPod();
        var target = pod == null ? null : target(memory, pod);
        var isReady = pod != null && Readiness.isReady(pod);
        EmulatorWatch begun;
        synchronized (memory) {
            var current = memory.watch;
            if (current != null && current.since().isAfter(round.now) && current.isAlive()) {
                // Of a pod that this look could not see yet.
                return current;
            }
            if (current != null && current.target().equals(target) && current.isAlive()) {
                // That it is not may be old news by now.
                memory.podIsReady = memory.podIsReady || isReady;
                return current;
            }
            memory.podIsReady = isReady;
            memory.unfollow();
            if (target == null || memory.isForgotten()) {
                return null;
            }
            begun = watch(memory, new ResourceID(round.stack.name(), round.stack.namespace()), target);
        }
        begun.start(isReady ? FIRST_ANSWER : Duration.ZERO);
        return begun;
    }

    /** Sees to it that a pod is followed; false where that is for a look to decide. Does not block. */
    boolean begin(StackMemory memory, ResourceID id, Pod pod) {
        var target = target(memory, pod);
        EmulatorWatch begun;
        synchronized (memory) {
            if (target == null || memory.isForgotten()) {
                return false;
            }
            var current = memory.watch;
            if (current != null) {
                return current.target().equals(target);
            }
            begun = watch(memory, id, target);
        }
        begun.start(Duration.ZERO);
        return true;
    }

    private EmulatorWatch watch(StackMemory memory, ResourceID id, EmulatorWatch.Target target) {
        var host = target.address().indexOf(':') < 0 ? target.address() : "[" + target.address() + "]";
        var client = new EmulatorClient(http, URI.create("http://" + host + ":" + Names.ADMIN_PORT), target.token());
        var watch = new EmulatorWatch(target, client, (before, now) -> heard(memory, id, before, now));
        memory.watch = watch;
        return watch;
    }

    private void heard(StackMemory memory, ResourceID id, @Nullable EmulatorState before, @Nullable EmulatorState now) {
        if (Urgency.isUrgent(memory, before, now)) {
            looks.now(id);
        } else {
            looks.soon(id);
        }
    }

    private static EmulatorWatch.@Nullable Target target(StackMemory memory, Pod pod) {
        var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        var tokens = memory.tokens;
        return address == null || address.isEmpty() || tokens == null
                ? null
                : new EmulatorWatch.Target(pod.getMetadata().getUid(), address, tokens.adminToken());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
