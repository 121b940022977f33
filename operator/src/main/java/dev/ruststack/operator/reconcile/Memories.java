package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.seed.Reference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The memory of every stack, and what of the cluster's news is news to it. */
final class Memories {
    private final Map<ResourceID, StackMemory> byId = new ConcurrentHashMap<>();
    private final Consumer<String> forgotten;

    /** @param forgotten told the UID of each stack that is gone */
    Memories(Consumer<String> forgotten) {
        this.forgotten = forgotten;
    }

    /** The stack's memory; a stack of the same name that was made anew begins without one. */
    StackMemory of(ResourceID id, String uid) {
        return Objects.requireNonNull(byId.compute(id, (key, known) -> {
            if (known != null && known.uid.equals(uid)) {
                return known;
            }
            if (known != null) {
                known.forget();
                forgotten.accept(known.uid);
            }
            return new StackMemory(uid);
        }));
    }

    /** Null where the stack has not been looked at yet. */
    @Nullable
    StackMemory known(ResourceID id) {
        return byId.get(id);
    }

    /** As {@link #forget(ResourceID)}, of this stack and not of another that has its name by now. */
    void forget(ResourceID id, StackMemory memory) {
        if (byId.remove(id, memory)) {
            memory.forget();
        }
        forgotten.accept(memory.uid);
    }

    void forget(ResourceID id) {
        var known = byId.remove(id);
        if (known != null) {
            known.forget();
            forgotten.accept(known.uid);
        }
    }

    void close() {
        byId.keySet().forEach(this::forget);
    }

    /** The stack that an object says it belongs to. */
    static Set<ResourceID> stackOf(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        var stack = labels == null ? null : labels.get(Names.STACK_LABEL);
        return stack == null
                ? Set.of()
                : Set.of(new ResourceID(stack, object.getMetadata().getNamespace()));
    }

    /** Whether an object is exactly what was applied here: the server's echo. */
    boolean isEcho(HasMetadata object) {
        var hash = hash(object);
        return hash != null
                && stackOf(object).stream()
                        .map(byId::get)
                        .anyMatch(memory -> memory != null && hash.equals(memory.applied.get(ChildKey.of(object))));
    }

    static @Nullable String hash(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Names.HASH_ANNOTATION);
    }

    /**
     * Something that stacks may refer to has changed: the content of those that do is to be read again. A stack that was
     * not looked at yet needs no telling.
     */
    Set<ResourceID> contentChanged(String namespace, Reference.Target target) {
        var referring = new HashSet<ResourceID>();
        byId.forEach((id, memory) -> {
            if (id.getNamespace().filter(namespace::equals).isPresent() && memory.contentVersions.containsKey(target)) {
                memory.contentChanged = true;
                referring.add(id);
            }
        });
        return referring;
    }
}
