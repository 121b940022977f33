package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorWatch;
import dev.ruststack.operator.desired.AwsKeys;
import dev.ruststack.operator.desired.Desired;
import dev.ruststack.operator.desired.Facts;
import dev.ruststack.operator.desired.InternalTokens;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done for a stack whose resource is sound: objects, then the emulator, then runners, then the status. */
final class Work implements AutoCloseable {

    /** Secrets are watched by nobody: a look at them now and then, when there is cause for a look anyway. */
    private static final Duration SECRETS = Duration.ofMinutes(4);

    /** How long an emulator that is well may take to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Cluster cluster;
    private final Platform platform;
    private final Keys keys;
    private final Content content;
    private final Children children;
    private final SeedPieces pieces;
    private final Seeding seeding;
    private final Leftovers leftovers;
    private final Runners runners;
    private final Watches watches;
    private final ServiceRoutes routes;

    Work(Cluster cluster, Platform platform, Sources sources) {
        this.cluster = cluster;
        this.platform = platform;
        keys = new Keys(cluster);
        content = new Content(cluster);
        children = new Children(cluster, threads);
        pieces = new SeedPieces(cluster, content);
        seeding = new Seeding(content);
        leftovers = new Leftovers(cluster);
        runners = new Runners(cluster, platform, threads);
        watches = sources.watches();
        routes = sources.routes();
    }

    /** The stack's status; failures worth a retry are left in the round. */
    RustStackStatus run(Round round, @Nullable Instant expiration) {
        var facts = attempt(round, () -> apply(round));
        var watch = watches.of(round);
        var state = watch == null ? null : watch.state();
        var met = Seeding.met(round.memory.written);
        if (facts != null && watch != null && state != null) {
            met = emulator(round, watch, state, facts);
        }
        attempt(round, () -> children.refresh(round));
        var readiness = new Readiness(round, state, seed(round), emulatorLog(round));
        if (readiness.emulator().isReady() && !routes.isThere(round)) {
            round.found(
                    Finding.passing(Finding.SERVICE_STARTING, "the Service does not lead to the emulator's pod yet"));
        }
        steps(round, watch, readiness);
        var before = round.memory.written;
        if (before != null && mayStillBe(round, before, watch)) {
            round.lookAgainIn(PATIENCE);
            return before;
        }
        return new StatusOf(readiness, round.memory.written, facts).status(met, expiration);
    }

    /**
     * Whether a stack that was Ready may well be so still: this operator has just begun to work, and has not heard its
     * emulator. What was written stands until it has, or until the emulator had time to answer.
     */
    private static boolean mayStillBe(Round round, RustStackStatus before, @Nullable EmulatorWatch watch) {
        var pod = round.observed.emulatorPod();
        return watch != null
                && watch.isYetToBeHeard(PATIENCE)
                && pod != null
                && Readiness.isReady(pod)
                && round.finding() == null
                && Objects.equals(before.observedGeneration(), round.stack.generation())
                && Ready.of(before).isReady();
    }

    private static @Nullable SeedBundle seed(Round round) {
        return round.memory.seed instanceof SeedBundle bundle ? bundle : null;
    }

    private @Nullable Facts apply(Round round) {
        var memory = round.memory;
        var checkSecrets = memory.secretsChecked.plus(SECRETS).isBefore(round.now);
        var services = Desired.services(round.stack, platform);
        var applied = threads.submit(() -> children.apply(round, services, checkSecrets));
        var seed = attempt(round, () -> content.bundle(round));
        var hasKeys = Boolean.TRUE.equals(attempt(round, () -> keys.read(round, checkSecrets)));
        var addresses = addresses(Waiting.on(applied));
        addresses.forEach((name, address) -> {
            if (!address.isEmpty()) {
                memory.addresses.put(name, address);
            }
        });
        memory.steps.done("ServicesApplied", Instant.now());
        if (!hasKeys || memory.keys == null || memory.tokens == null || addresses.size() < services.size()) {
            return null;
        }
        // Before the pod that mounts them.
        var isSeedKept =
                seed == null || Boolean.TRUE.equals(attempt(round, () -> pieces.keep(round, seed, checkSecrets)));
        var facts = facts(round, addresses, memory.keys, memory.tokens, seed);
        var wanted = Desired.children(round.stack, platform, facts);
        var made = children.apply(round, wanted, checkSecrets);
        if (made.size() == wanted.size() && isSeedKept) {
            if (checkSecrets) {
                memory.secretsChecked = round.now;
            }
            memory.steps.done("ObjectsApplied", Instant.now());
        }
        prune(round, services, wanted);
        if (checkSecrets) {
            attempt(round, () -> leftovers.remove(round));
        }
        return facts;
    }

    private void prune(Round round, List<Service> services, List<HasMetadata> wanted) {
        var all = new ArrayList<HasMetadata>(services);
        all.addAll(wanted);
        attempt(round, () -> {
            children.prune(round, Children.keys(all));
            return true;
        });
    }

    private static Map<String, String> addresses(List<HasMetadata> services) {
        var addresses = new HashMap<String, String>();
        for (var service : services) {
            var address = service instanceof Service applied ? Observed.address(applied) : null;
            addresses.put(service.getMetadata().getName(), address == null ? "" : address);
        }
        return addresses;
    }

    private static Facts facts(
            Round round,
            Map<String, String> addresses,
            AwsKeys keys,
            InternalTokens tokens,
            @Nullable SeedBundle seed) {
        var stack = round.stack;
        var pod = round.observed.emulatorPod();
        return new Facts(
                emptyAsNull(addresses.get(Names.of(stack))),
                emptyAsNull(addresses.get(Names.runtimeService(stack))),
                pod == null || pod.getStatus() == null ? null : pod.getStatus().getPodIP(),
                keys,
                tokens,
                seed,
                round.observed.deployment(Names.of(stack)));
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private @Nullable String emulator(Round round, EmulatorWatch watch, EmulatorState state, Facts facts) {
        attempt(round, () -> {
            runners.run(round, watch, state, facts);
            return true;
        });
        var seed = facts.seed();
        var before = Seeding.met(round.memory.written);
        var met = seed == null ? null : attempt(round, () -> seeding.run(round, watch, state, seed));
        return met == null ? before : met;
    }

    /** One failing step does not keep the others back; it is tried again. */
    private static <T> @Nullable T attempt(Round round, Supplier<@Nullable T> step) {
        try {
            return step.get();
        } catch (KubernetesClientException e) {
            round.failed(e);
            if (e.getCode() == 403 || e.getCode() == 422) {
                round.found(Finding.passing(Finding.APPLY_REFUSED, Children.message(e)));
            }
            return null;
        } catch (RuntimeException e) {
            round.failed(e);
            return null;
        }
    }

    private List<String> emulatorLog(Round round) {
        var pod = round.observed.emulatorPod();
        var trouble = pod == null ? null : PodTrouble.of(pod);
        if (pod == null || trouble == null || !trouble.isCrash() || trouble.container() == null) {
            round.memory.crashSeen = null;
            return List.of();
        }
        var seen = pod.getMetadata().getUid() + StatusOf.restarts(pod) + trouble.fingerprint();
        if (!seen.equals(round.memory.crashSeen)) {
            round.memory.crashSeen = seen;
            var isWaiting = trouble.reason().equals("CrashLoopBackOff");
            round.memory.crashLog = cluster.log(pod, trouble.container(), isWaiting);
        }
        return round.memory.crashLog;
    }

    private static void steps(Round round, @Nullable EmulatorWatch watch, Readiness readiness) {
        var steps = round.memory.steps;
        var state = readiness.state();
        if (watch != null) {
            steps.done("PodStarted", watch.since());
        }
        if (state != null) {
            steps.done("ProcessStarted", state.timings().processStarted());
            steps.done("Listening", state.timings().listening());
            steps.done("DynamoDbReady", state.timings().dynamoDbReady());
            if (readiness.seeded().isReady()) {
                steps.done("Seeded", state.seed().appliedTime());
            }
        }
        if (readiness.ready().isReady()) {
            steps.done(Steps.READY, Instant.now());
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
