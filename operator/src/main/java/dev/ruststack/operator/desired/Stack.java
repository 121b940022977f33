package dev.ruststack.operator.desired;

import dev.ruststack.crds.RustStack;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.schema.Absent;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** One RustStack resource as the API server has it, without its status: nothing is decided from that. */
public record Stack(
        String namespace,
        String name,
        String uid,
        long generation,
        Map<String, String> annotations,
        Instant creationTimestamp,
        RustStackSpec spec) {
    public Stack {
        annotations = Map.copyOf(annotations);
    }

    /**
     * The stack of a resource that was read from an API server.
     *
     * @throws NullPointerException when it lacks what an API server gives every object
     */
    public static Stack of(RustStack resource) {
        ObjectMeta metadata = resource.getMetadata();
        return new Stack(
                Objects.requireNonNull(metadata.getNamespace(), "metadata.namespace"),
                Objects.requireNonNull(metadata.getName(), "metadata.name"),
                Objects.requireNonNull(metadata.getUid(), "metadata.uid"),
                Absent.as(metadata.getGeneration(), 0L),
                Absent.as(metadata.getAnnotations(), Map.of()),
                Instant.parse(Objects.requireNonNull(metadata.getCreationTimestamp(), "metadata.creationTimestamp")),
                Objects.requireNonNull(resource.getSpec(), "spec"));
    }
}
