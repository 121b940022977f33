package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.admin.EmulatorWatch;
import dev.ruststack.operator.desired.AwsKeys;
import dev.ruststack.operator.desired.InternalTokens;
import dev.ruststack.operator.resource.StackReader;
import dev.ruststack.operator.seed.Reference;
import dev.ruststack.operator.seed.SeedResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the operator remembers of one stack between reconciles. All of it can be lost: after a restart it is found again
 * in the cluster. Used by one reconcile at a time; what is volatile or concurrent is read by others, too, and its
 * {@link #watch} is begun by whoever first knows what to watch, under the memory's lock.
 */
final class StackMemory {
    final String uid;

    /** Hash of what was last applied, by object: an event about exactly that is no news. */
    final Map<ChildKey, String> applied = new ConcurrentHashMap<>();

    /** Pods that were created; their event may not have arrived yet. */
    final Set<String> createdRunners = ConcurrentHashMap.newKeySet();

    /** Sandboxes whose pods were seen: one that is not there now has been deleted. */
    final Set<String> seenRunners = ConcurrentHashMap.newKeySet();

    /** What was reported of each sandbox. */
    final Map<String, String> reported = new ConcurrentHashMap<>();

    /** Pods of execution environments that are there. */
    int runners;

    long generation = -1;
    StackReader.@Nullable Reading reading;
    Steps steps = new Steps(Instant.EPOCH, List.of());

    @Nullable
    AwsKeys keys;

    volatile @Nullable InternalTokens tokens;

    Instant secretsChecked = Instant.EPOCH;

    volatile @Nullable SeedResult seed;

    /** Of each ConfigMap and Secret that the seed was made of, the version; empty where there was none. */
    volatile Map<Reference.Target, String> contentVersions = Map.of();

    /** Which version of a seed's Secret is known to hold its piece. */
    final Map<ChildKey, String> pieceVersions = new ConcurrentHashMap<>();

    /** How many Secrets the seed has, at least as far as this process knows. */
    int pieces;

    /** Which address each Service has, or had before it was deleted, by its name. */
    final Map<String, String> addresses = new ConcurrentHashMap<>();

    List<String> missingReferences = new ArrayList<>();
    Instant contentChecked = Instant.EPOCH;
    volatile boolean contentChanged = true;

    @Nullable
    RustStackStatus written;

    volatile @Nullable EmulatorWatch watch;

    /** Whether the emulator's pod is, as far as is known. */
    volatile boolean podIsReady;

    /** Which pod's readiness the Service is known to have taken in. */
    volatile @Nullable String route;

    /** Which it is being watched for. */
    volatile @Nullable String routeAwaited;

    private boolean isForgotten;
    private final AtomicBoolean isLookedAt = new AtomicBoolean();

    @Nullable
    String seedSent;

    Instant seedSentAt = Instant.EPOCH;

    @Nullable
    String bootHeard;

    Instant bootHeardAt = Instant.EPOCH;
    boolean expiryAnnounced;
    boolean readyCounted;

    @Nullable
    String crashSeen;

    List<String> crashLog = List.of();

    StackMemory(String uid) {
        this.uid = uid;
    }

    void forgetSpec() {
        secretsChecked = Instant.EPOCH;
        contentChanged = true;
    }

    /** Whether a look may begin; false while another is under way. */
    boolean beginLook() {
        return isLookedAt.compareAndSet(false, true);
    }

    void endLook() {
        isLookedAt.set(false);
    }

    /** Follows the emulator no more. */
    synchronized void unfollow() {
        var followed = watch;
        if (followed != null) {
            followed.close();
            watch = null;
        }
    }

    /** Its stack is gone: nothing is followed from now on. */
    synchronized void forget() {
        isForgotten = true;
        unfollow();
    }

    synchronized boolean isForgotten() {
        return isForgotten;
    }
}
