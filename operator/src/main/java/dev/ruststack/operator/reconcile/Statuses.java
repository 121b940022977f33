package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.resource.StackReader;
import dev.ruststack.operator.web.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status of stacks where it says something new, and announces what changed. */
final class Statuses {
    private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);
    private final Cluster cluster;
    private final Announcements announcements;
    private final Memories memories;
    private final OperatorMetrics metrics;

    Statuses(Cluster cluster, Announcements announcements, Memories memories, OperatorMetrics metrics) {
        this.cluster = cluster;
        this.announcements = announcements;
        this.memories = memories;
        this.metrics = metrics;
    }

    /** Says only what is the matter: everything else stays as it was written. */
    void tell(RawStack resource, StackMemory memory, Finding finding, Instant now) {
        write(resource, memory, StatusOf.set(memory.written, memory.generation, finding, now));
    }

    void write(RawStack resource, StackMemory memory, RustStackStatus status) {
        metrics.seen(memory.uid, Ready.state(status), memory.runners);
        if (memory.isForgotten()) {
            metrics.forget(memory.uid);
            return;
        }
        var before = memory.written;
        if (status.equals(before)) {
            return;
        }
        try {
            cluster.patchStatus(resource, StackReader.json(status));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                memories.forget(ResourceID.fromResource(resource), memory);
                return;
            }
            throw e;
        }
        memory.written = status;
        announce(resource, before, status);
    }

    private void announce(RawStack resource, @Nullable RustStackStatus before, RustStackStatus after) {
        var now = Ready.of(after);
        var was = before == null ? null : Ready.of(before);
        if (now.sameReason(was)) {
            return;
        }
        LOG.info(
                "{}/{}: {}{}",
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                now.reason(),
                now.message().isEmpty() ? "" : ", " + now.message());
        if (now.isStep() && (was == null || was.isStep())) {
            return;
        }
        var type = now.isTrouble() ? Announcements.WARNING : Announcements.NORMAL;
        announcements.say(resource, type, now.reason(), now.message().isEmpty() ? now.sentence() : now.message());
    }
}
