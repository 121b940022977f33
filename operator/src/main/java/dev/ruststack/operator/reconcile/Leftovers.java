package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * Removes Secrets that a stack had and has no more: no informer sees Secrets, so each is looked for by its name. Those of
 * the seed are {@link SeedPieces}' affair.
 */
final class Leftovers {
    private final Cluster cluster;

    Leftovers(Cluster cluster) {
        this.cluster = cluster;
    }

    boolean remove(Round round) {
        var stack = round.stack;
        var names = new HashSet<@Nullable String>();
        names.add(Names.generatedCredentials(stack));
        names.add(Names.bindingConfigMap(stack));
        // The one name that nothing but the status remembers.
        var status = round.memory.written;
        names.add(
                status == null || status.binding() == null
                        ? null
                        : status.binding().name());
        names.remove(Names.credentialsSecret(stack));
        names.remove(Names.bindingSecret(stack));
        for (var name : names) {
            if (name != null) {
                remove(round, name);
            }
        }
        return true;
    }

    private void remove(Round round, String name) {
        var found = cluster.secretMetadata(round.stack.namespace(), name);
        if (found == null) {
            return;
        }
        var secret = new SecretBuilder().withMetadata(found).build();
        if (Children.isOwned(secret, round.stack)) {
            cluster.delete(secret);
            round.memory.applied.remove(ChildKey.of(secret));
        }
    }
}
