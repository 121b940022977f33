package dev.ruststack.operator;

import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who of several operators works. JOSDK's election decides; this sees to what it leaves open: a process that loses the
 * lease ends at once, without an orderly shutdown that could wait for the election; one whose election has silently
 * died is noticed, because the lease stands still; and one that ends in order hands the lease on.
 */
final class Leadership implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEWAL_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** A lease that nobody renews is taken after 15 s; after this long there is no election any more. */
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;
    private final Runnable lost;
    private final Thread watchdog = Thread.ofVirtual().name("leadership").unstarted(this::watch);
    private volatile boolean leads;
    private volatile boolean closing;
    private volatile boolean standsStill;

    /** @param lost ends the process; called once it must not work any more */
    Leadership(KubernetesClient client, @Nullable String namespace, @Nullable String identity, Runnable lost) {
        this.client = client;
        this.namespace = Objects.requireNonNull(namespace, "leader election needs POD_NAMESPACE");
        this.identity = Objects.requireNonNull(identity, "leader election needs POD_NAME");
        this.lost = lost;
    }

    LeaderElectionConfiguration configuration() {
        return new LeaderElectionConfiguration(
                Names.FIELD_MANAGER,
                namespace,
                LEASE,
                RENEWAL_DEADLINE,
                RETRY,
                identity,
                new LeaderCallbacks(this::started, this::stopped, leader -> {}),
                false);
    }

    void start() {
        watchdog.start();
    }

    /** Whether the election lives, here or elsewhere. */
    boolean isWell() {
        return !standsStill;
    }

    boolean leads() {
        return leads;
    }

    private void started() {
        log.info("Leading as {}", identity);
        leads = true;
    }

    private void stopped() {
        leads = false;
        if (!closing) {
            log.error("The lease {}/{} is lost: ending", namespace, Names.FIELD_MANAGER);
            lost.run();
        }
    }

    private void watch() {
        var seen = "";
        var changed = System.nanoTime();
        while (!closing) {
            var now = seen;
            var isReachable = true;
            try {
                now = fingerprint(lease());
            } catch (RuntimeException e) {
                isReachable = false;
                log.debug("The lease cannot be read: {}", e.getMessage());
            }
            if (!now.equals(seen)) {
                seen = now;
                changed = System.nanoTime();
            }
            var isStill = System.nanoTime() - changed > STANDSTILL.toNanos();
            // Where the server is away a standby waits for it; a leader must not.
            standsStill = isStill && (isReachable || leads);
            if (isStill && leads) {
                stopped();
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private @Nullable Lease lease() {
        return client.leases()
                .inNamespace(namespace)
                .withName(Names.FIELD_MANAGER)
                .get();
    }

    private static String fingerprint(@Nullable Lease lease) {
        return lease == null
                ? "none"
                : lease.getSpec().getHolderIdentity() + lease.getSpec().getRenewTime();
    }

    /** To be called before the election is stopped: from now on a stop is no loss. */
    void closing() {
        closing = true;
        watchdog.interrupt();
    }

    /** Hands the lease on, so that nobody has to wait for its end. To be called once nothing works any more. */
    @Override
    public void close() {
        closing();
        try {
            var lease = lease();
            if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                lease.getSpec().setLeaseDurationSeconds(1);
                lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
                client.resource(lease).update();
            }
        } catch (KubernetesClientException e) {
            log.info("The lease was not handed on, another operator will wait for its end: {}", e.getMessage());
        }
    }
}
