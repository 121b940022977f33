package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.SeedSecrets;
import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Secrets that an emulator's pod mounts its seed from: one at a time, and the one with the index last, so that
 * a set that is half written is not taken for a whole one.
 */
final class SeedPieces {
    private final Cluster cluster;
    private final Content content;

    SeedPieces(Cluster cluster, Content content) {
        this.cluster = cluster;
        this.content = content;
    }

    /** @param isCheck whether they are looked at in the cluster, where all is well as far as is remembered */
    boolean keep(Round round, SeedBundle seed, boolean isCheck) {
        var memory = round.memory;
        var count = seed.pieces().size();
        for (int piece = count - 1; piece >= 0; piece--) {
            var key = key(round, piece);
            var wanted = SeedSecrets.hash(round.stack, seed, piece);
            if ((isCheck || !wanted.equals(memory.applied.get(key))) && !keep(round, seed, piece, wanted)) {
                return false;
            }
        }
        if ((isCheck && memory.written != null) || memory.pieces > count) {
            removeThoseAfter(round, count);
        }
        memory.pieces = count;
        return true;
    }

    private boolean keep(Round round, SeedBundle seed, int piece, String wanted) {
        var found = cluster.secretMetadata(round.stack.namespace(), Names.seedSecret(round.stack, piece));
        if (found != null) {
            var secret = secret(found);
            if (!Children.isOwned(secret, round.stack)) {
                Children.conflict(round, secret);
                return false;
            }
            if (found.getDeletionTimestamp() != null) {
                round.lookAgainIn(Children.RECHECK);
                return false;
            }
            if (wanted.equals(Memories.hash(secret)) && holds(round, seed, piece, found)) {
                remember(round, piece, wanted, found);
                return true;
            }
        }
        var file = content.file(round, seed);
        if (file == null) {
            return false;
        }
        var applied = cluster.apply(SeedSecrets.of(round.stack, seed, piece, file.piece(piece)));
        remember(round, piece, wanted, applied.getMetadata());
        return true;
    }

    /** Whether the Secret has the very bytes: known of a version that was seen, read from any other. */
    private boolean holds(Round round, SeedBundle seed, int piece, ObjectMeta found) {
        if (found.getResourceVersion().equals(round.memory.pieceVersions.get(key(round, piece)))) {
            return true;
        }
        var secret = cluster.secret(round.stack.namespace(), found.getName());
        return secret != null && SeedSecrets.holds(secret, seed, piece);
    }

    private static void remember(Round round, int piece, String hash, ObjectMeta metadata) {
        round.memory.applied.put(key(round, piece), hash);
        if (metadata.getResourceVersion() != null) {
            round.memory.pieceVersions.put(key(round, piece), metadata.getResourceVersion());
        }
    }

    /** Pieces of a seed that was larger; the last goes first, so that no gap is left if this is cut short. */
    private void removeThoseAfter(Round round, int count) {
        List<Secret> stale = new ArrayList<>();
        for (int piece = count; ; piece++) {
            var secret = owned(round, piece);
            if (secret == null) {
                break;
            }
            stale.add(secret);
        }
        for (var secret : stale.reversed()) {
            cluster.delete(secret);
            var key = ChildKey.of(secret);
            round.memory.applied.remove(key);
            round.memory.pieceVersions.remove(key);
        }
    }

    private @Nullable Secret owned(Round round, int piece) {
        var found = cluster.secretMetadata(round.stack.namespace(), Names.seedSecret(round.stack, piece));
        if (found == null) {
            return null;
        }
        var secret = secret(found);
        var isPiece = SeedSecrets.COMPONENT.equals(
                found.getLabels() == null ? null : found.getLabels().get(Names.COMPONENT_LABEL));
        return isPiece && Children.isOwned(secret, round.stack) ? secret : null;
    }

    private static Secret secret(ObjectMeta metadata) {
        return new SecretBuilder().withMetadata(metadata).build();
    }

    private static ChildKey key(Round round, int piece) {
        return new ChildKey("Secret", Names.seedSecret(round.stack, piece));
    }
}
