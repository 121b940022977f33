package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.desired.Stack;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.web.OperatorMetrics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stacks that end by themselves: counted from their creation, announced five minutes before. */
final class Expiry {
    private static final Duration NOTICE = Duration.ofMinutes(5);

    private final Cluster cluster;
    private final Announcements announcements;
    private final Platform platform;
    private final OperatorMetrics metrics;

    Expiry(Cluster cluster, Announcements announcements, Platform platform, OperatorMetrics metrics) {
        this.cluster = cluster;
        this.announcements = announcements;
        this.platform = platform;
        this.metrics = metrics;
    }

    /** When the stack ends; null: never. */
    @Nullable
    Instant time(Stack stack) {
        var lifetime = stack.spec().lifetime();
        return lifetime == null
                        || lifetime.ttlSeconds() == null
                        || !platform.features().ttl()
                ? null
                : stack.creationTimestamp().plusSeconds(lifetime.ttlSeconds());
    }

    /** Deletes a stack whose time has come; else sees to it that someone looks when it comes. */
    boolean hasExpired(Round round, RawStack resource) {
        var end = time(round.stack);
        if (end == null) {
            return false;
        }
        var left = Duration.between(round.now, end);
        if (left.isPositive()) {
            var isNear = left.compareTo(NOTICE) <= 0;
            if (isNear && !round.memory.expiryAnnounced) {
                round.memory.expiryAnnounced = true;
                announcements.say(resource, Announcements.WARNING, "Expiring", "the stack will be deleted at " + end);
            }
            round.lookAgainIn(isNear ? left : left.minus(NOTICE));
            return false;
        }
        announcements.say(
                resource, Announcements.NORMAL, "Expired", "the stack is deleted: its lifetime ended at " + end);
        cluster.delete(resource);
        metrics.expired();
        return true;
    }
}
