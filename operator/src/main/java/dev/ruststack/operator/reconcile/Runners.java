package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.LambdaSpec;
import dev.ruststack.operator.admin.EmulatorState;
import dev.ruststack.operator.admin.EmulatorWatch;
import dev.ruststack.operator.admin.SandboxReport;
import dev.ruststack.operator.desired.Facts;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.desired.RunnerPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Keeps exactly the runner pods that the emulator wants, and tells it what becomes of them. */
final class Runners {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Platform platform;
    private final ExecutorService threads;

    Runners(Cluster cluster, Platform platform, ExecutorService threads) {
        this.cluster = cluster;
        this.platform = platform;
        this.threads = threads;
    }

    void run(Round round, EmulatorWatch watch, EmulatorState state, Facts facts) {
        var wanted = wanted(round, state);
        var existing = existing(round);
        forget(round, state);
        var calls = new ArrayList<Future<?>>();
        existing.forEach((id, pod) -> calls.add(threads.submit(() -> keep(round, watch, pod, wanted.get(id)))));
        wanted.forEach((id, sandbox) -> {
            if (!existing.containsKey(id) && !round.memory.createdRunners.contains(id)) {
                round.memory.createdRunners.add(id);
                calls.add(threads.submit(() -> create(round, watch, sandbox, facts)));
            } else if (!existing.containsKey(id)) {
                calls.add(threads.submit(() -> look(round, watch, id)));
            }
        });
        round.memory.seenRunners.addAll(existing.keySet());
        calls.forEach(call -> finish(round, call));
    }

    /** At most as many as the stack may have, whatever the emulator asks for. */
    private Map<String, EmulatorState.WantedSandbox> wanted(Round round, EmulatorState state) {
        var wanted = new HashMap<String, EmulatorState.WantedSandbox>();
        if (round.stack.spec().lambda().executor().equals(LambdaSpec.PODS)) {
            state.sandboxes().stream()
                    .limit(platform.maxRunners(round.stack))
                    .forEach(sandbox -> wanted.put(sandbox.id(), sandbox));
        }
        return wanted;
    }

    private static Map<String, Pod> existing(Round round) {
        var existing = new HashMap<String, Pod>();
        round.observed
                .runners()
                .forEach(pod -> existing.put(pod.getMetadata().getLabels().get(Names.SANDBOX_LABEL), pod));
        return existing;
    }

    private static void forget(Round round, EmulatorState state) {
        var known = new HashSet<String>();
        state.sandboxes().forEach(sandbox -> known.add(sandbox.id()));
        round.memory.createdRunners.retainAll(known);
        round.memory.seenRunners.retainAll(known);
        round.memory.reported.keySet().retainAll(known);
    }

    private void keep(Round round, EmulatorWatch watch, Pod pod, EmulatorState.@Nullable WantedSandbox wanted) {
        var isDeleted = pod.getMetadata().getDeletionTimestamp() != null;
        if (wanted != null) {
            var trouble = PodTrouble.of(pod);
            if (trouble != null) {
                report(round, watch, wanted.id(), trouble, pod);
            } else if (isDeleted || Observed.isFinished(pod)) {
                gone(round, watch, wanted.id());
            }
        }
        if ((wanted == null || Observed.isFinished(pod)) && !isDeleted) {
            cluster.delete(pod);
        }
    }

    private void create(Round round, EmulatorWatch watch, EmulatorState.WantedSandbox wanted, Facts facts) {
        switch (RunnerPod.of(round.stack, platform, wanted.sandbox(), facts)) {
            case RunnerPod.Made(var pod) -> create(round, watch, wanted.id(), pod);
            case RunnerPod.Refused(var reason, var message) ->
                report(round, watch, wanted.id(), SandboxReport.FAILED, reason, message);
        }
    }

    private void create(Round round, EmulatorWatch watch, String id, Pod pod) {
        try {
            cluster.create(pod);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return;
            }
            round.memory.createdRunners.remove(id);
            if (e.getCode() != 403 && e.getCode() != 422) {
                throw e;
            }
            report(round, watch, id, SandboxReport.PENDING, "CreateRefused", Children.message(e));
            round.lookAgainIn(RETRY);
        }
    }

    /** A pod that was created and is not there: gone, or not seen yet, which only the API server can tell. */
    private void look(Round round, EmulatorWatch watch, String id) {
        var stack = round.stack;
        if (round.memory.seenRunners.contains(id) || !cluster.hasPod(stack.namespace(), Names.runnerPod(stack, id))) {
            gone(round, watch, id);
        }
    }

    private void gone(Round round, EmulatorWatch watch, String id) {
        report(round, watch, id, SandboxReport.FAILED, "Deleted", "the pod of the execution environment is gone");
    }

    private void report(Round round, EmulatorWatch watch, String id, PodTrouble trouble, Pod pod) {
        var phase = trouble.isFinal() ? SandboxReport.FAILED : SandboxReport.PENDING;
        var news = phase + trouble.fingerprint();
        if (!news.equals(round.memory.reported.get(id))) {
            var lines = trouble.isCrash() && trouble.container() != null
                    ? cluster.log(pod, trouble.container(), false)
                    : List.<String>of();
            send(watch, id, new SandboxReport(phase, trouble.reason(), trouble.message(), lines, trouble.exitCode()));
            round.memory.reported.put(id, news);
        }
    }

    private static void report(
            Round round, EmulatorWatch watch, String id, String phase, String reason, String message) {
        var news = phase + reason + message;
        if (!news.equals(round.memory.reported.get(id))) {
            send(watch, id, new SandboxReport(phase, reason, message, List.of(), null));
            round.memory.reported.put(id, news);
        }
    }

    private static void send(EmulatorWatch watch, String id, SandboxReport report) {
        try {
            watch.client().report(id, report);
        } catch (IOException e) {
            throw new UncheckedIOException("the emulator could not be told what became of a sandbox", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reporting", e);
        }
    }

    private static void finish(Round round, Future<?> call) {
        try {
            call.get();
        } catch (ExecutionException e) {
            round.failed(
                    e.getCause() instanceof RuntimeException failure
                            ? failure
                            : new IllegalStateException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keeping runners", e);
        }
    }
}
