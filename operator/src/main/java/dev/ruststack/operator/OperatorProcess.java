package dev.ruststack.operator;

import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.reconcile.News;
import dev.ruststack.operator.reconcile.RustStackReconciler;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.web.HealthServer;
import dev.ruststack.operator.web.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The operator, put together: the composition root. Closing it leaves every stack as it is. */
public final class OperatorProcess implements AutoCloseable {
    private static final int WORKERS = 32;
    private static final Duration HANGS = Duration.ofMinutes(5);

    private final Operator operator;
    private final RustStackReconciler reconciler;
    private final OperatorMetrics metrics = new OperatorMetrics();
    private final BoundedExecutor workers = new BoundedExecutor(WORKERS);
    private final HealthServer health;
    private final KubernetesClient client;
    private final KubernetesClient metadata;
    private final @Nullable Leadership leadership;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Listens for probes; nothing is watched before {@link #start()}.
     *
     * @param client closed with the operator
     * @param healthPort 0 takes any
     * @param lost called where another operator leads now: nothing may be done here any more
     */
    public OperatorProcess(KubernetesClient client, Platform platform, Clock clock, int healthPort, Runnable lost)
            throws IOException {
        this.client = client;
        metadata = Connection.metadataOf(client);
        reconciler = new RustStackReconciler(client, metadata, platform, clock, metrics);
        var process = platform.process();
        leadership =
                process.leaderElection() ? new Leadership(client, process.namespace(), process.podName(), lost) : null;
        operator = new Operator(this::configure);
        operator.register(reconciler, overrider -> configure(overrider, platform));
        health = new HealthServer(healthPort, this::isAlive, this::isReady, metrics);
    }

    public void start() {
        operator.start();
        if (leadership != null) {
            leadership.start();
        }
    }

    public OperatorMetrics metrics() {
        return metrics;
    }

    public int healthPort() {
        return health.port();
    }

    private void configure(ConfigurationServiceOverrider overrider) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(workers)
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                .withMetrics(metrics);
        if (leadership != null) {
            overrider.withLeaderElectionConfiguration(leadership.configuration());
        }
    }

    private static void configure(ControllerConfigurationOverrider<RawStack> overrider, Platform platform) {
        overrider
                .withGenerationAware(false)
                .withOnUpdateFilter(News::isChange)
                .withFieldManager(Names.FIELD_MANAGER)
                .withReconciliationMaxInterval(Duration.ofMinutes(5))
                .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), 5))
                .withRetry(new GenericRetry()
                        .setInitialInterval(200)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(30_000)
                        .withoutMaxAttempts());
        var namespaces = platform.process().watchNamespaces();
        if (namespaces.isEmpty()) {
            overrider.watchingAllNamespaces();
        } else {
            overrider.settingNamespaces(new HashSet<>(namespaces));
        }
    }

    private boolean isAlive() {
        return !workers.hangs(HANGS) && (leadership == null || leadership.isWell());
    }

    /** Synced once and running; that a watch is being renewed, as every few minutes, does not count. */
    @SuppressWarnings("rawtypes") // as JOSDK declares it
    private boolean isReady() {
        var runtime = operator.getRuntimeInfo();
        return runtime.isStarted()
                && runtime.unhealthyInformerWrappingEventSourceHealthIndicator().values().stream()
                        .flatMap(sources -> sources.values().stream())
                        .allMatch(OperatorProcess::isWell);
    }

    private static boolean isWell(InformerWrappingEventSourceHealthIndicator<?> source) {
        return source.informerHealthIndicators().values().stream().allMatch(OperatorProcess::isWell);
    }

    private static boolean isWell(InformerHealthIndicator informer) {
        return informer.hasSynced() && informer.isRunning();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (leadership != null) {
            leadership.closing();
        }
        try {
            operator.stop();
        } finally {
            if (leadership != null) {
                leadership.close();
            }
            reconciler.close();
            workers.shutdownNow();
            health.close();
            metadata.close();
            client.close();
        }
    }
}
