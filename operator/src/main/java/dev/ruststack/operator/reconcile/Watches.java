package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.admin.EmulatorClient;
import dev.ruststack.operator.admin.EmulatorWatch;
import dev.ruststack.operator.desired.Names;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One watch for each emulator's pod that has an address. */
final class Watches implements AutoCloseable {
    private final Sources sources;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Watches(Sources sources) {
        this.sources = sources;
    }

    /** The watch of the stack's pod, begun where it has none; null while there is no pod to watch. */
    @Nullable
    EmulatorWatch of(Round round) {
        var memory = round.memory;
        var target = target(round);
        var current = memory.watch;
        if (current != null && current.target().equals(target) && current.isAlive()) {
            return current;
        }
        memory.close();
        if (target == null) {
            return null;
        }
        var host = target.address().indexOf(':') < 0 ? target.address() : "[" + target.address() + "]";
        var client = new EmulatorClient(http, URI.create("http://" + host + ":" + Names.ADMIN_PORT), target.token());
        var id = new ResourceID(round.stack.name(), round.stack.namespace());
        var watch = new EmulatorWatch(target, client, () -> sources.wake(id));
        memory.watch = watch;
        watch.start();
        return watch;
    }

    private static EmulatorWatch.@Nullable Target target(Round round) {
        var pod = round.observed.emulatorPod();
        var address =
                pod == null || pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        var tokens = round.memory.tokens;
        return pod == null || address == null || address.isEmpty() || tokens == null
                ? null
                : new EmulatorWatch.Target(pod.getMetadata().getUid(), address, tokens.adminToken());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
