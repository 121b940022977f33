package dev.ruststack.operator.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for each stack's emulator, at an address of its own: two that shared one would seed against each other. */
final class Emulators implements AutoCloseable {
    private final KubernetesClient client;
    private final int network;
    private final AtomicInteger addresses = new AtomicInteger();
    private final Map<String, Started> byStack = new ConcurrentHashMap<>();

    private record Started(String address, Emulator emulator) {}

    /** @param network the addresses are of 127.network.0.0/16 */
    Emulators(KubernetesClient client, int network) {
        this.client = client;
        this.network = network;
    }

    /** The address of the Deployment's emulator, which has seeded itself from its mount when this returns. */
    String start(Deployment deployment) {
        var metadata = deployment.getMetadata();
        return byStack.computeIfAbsent(
                        metadata.getNamespace() + "/" + metadata.getName(),
                        _ -> start(metadata.getNamespace(), metadata.getName()))
                .address();
    }

    Emulator of(String namespace, String stack) {
        return byStack.get(namespace + "/" + stack).emulator();
    }

    private Started start(String namespace, String stack) {
        var number = addresses.getAndIncrement();
        var address = "127.%d.%d.%d".formatted(network, number / 200, number % 200 + 1);
        try {
            var emulator = new Emulator(address);
            var seed = mounted(namespace, stack);
            if (seed.length > 0) {
                emulator.seed(seed);
            }
            return new Started(address, emulator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] mounted(String namespace, String stack) {
        var bundle = new ByteArrayOutputStream();
        for (int piece = 0; ; piece++) {
            var secret = client.secrets()
                    .inNamespace(namespace)
                    .withName(piece == 0 ? stack + "-seed" : stack + "-seed-" + piece)
                    .get();
            if (secret == null) {
                return bundle.toByteArray();
            }
            bundle.writeBytes(Base64.getDecoder().decode(secret.getData().get("bundle.%03d".formatted(piece))));
        }
    }

    @Override
    public void close() {
        byStack.values().forEach(started -> started.emulator().close());
    }
}
