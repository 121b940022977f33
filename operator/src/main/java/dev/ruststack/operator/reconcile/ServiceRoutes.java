package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;

/**
 * Whether stacks' Services lead to their emulators yet. The cluster hears of a pod that is ready a second or so after the
 * operator (its endpoints are published in turns, and each node takes them over in turns), and refuses connections to the
 * Service until then: whoever waits for Ready would be the first to meet that.
 */
final class ServiceRoutes {
    /** No route that is to come takes longer. What keeps only the operator from a Service is not held against its stack. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int CONNECT_MILLISECONDS = 100;

    private final Looks looks;
    private final boolean isInCluster;
    private final int port;

    /** @param isInCluster whether the operator has Services to reach: elsewhere every route is taken to be there */
    ServiceRoutes(Looks looks, boolean isInCluster) {
        this(looks, isInCluster, Names.AWS_PORT);
    }

    ServiceRoutes(Looks looks, boolean isInCluster, int port) {
        this.looks = looks;
        this.isInCluster = isInCluster;
        this.port = port;
    }

    /** Whether the route to the stack's ready pod is there; where it is not, the stack is looked at again once it is. */
    boolean isThere(Round round) {
        var memory = round.memory;
        var pod = round.observed.emulatorPod();
        var address = memory.addresses.get(Names.of(round.stack));
        if (!isInCluster || pod == null || address == null) {
            return true;
        }
        var route = pod.getMetadata().getUid() + " since " + readySince(pod) + " at " + address;
        if (route.equals(memory.route)) {
            return true;
        }
        if (route.equals(memory.routeAwaited)) {
            return false;
        }
        if (isTaken(address)) {
            memory.route = route;
            return true;
        }
        memory.routeAwaited = route;
        var id = new ResourceID(round.stack.name(), round.stack.namespace());
        Thread.ofVirtual().name("route " + address).start(() -> await(memory, route, address, id));
        return false;
    }

    private void await(StackMemory memory, String route, String address, ResourceID id) {
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < PATIENCE.toNanos() && !isTaken(address)) {
                Thread.sleep(PAUSE);
                if (memory.isForgotten() || !route.equals(memory.routeAwaited)) {
                    return;
                }
            }
            memory.route = route;
            looks.now(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a connection is taken. Refusals are not always told: a kernel sends few of them in a second. */
    private boolean isTaken(String address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLISECONDS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty where nothing says since when. */
    private static String readySince(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> Objects.requireNonNullElse(condition.getLastTransitionTime(), ""))
                .findFirst()
                .orElse("");
    }
}
