package dev.ruststack.emulator;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.emulator.admin.AdminApi;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.Outcome;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes;
import dev.ruststack.emulator.process.ProcessGuard;
import dev.ruststack.emulator.seed.SeedBundle;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import dev.ruststack.emulator.seed.SeedSources;
import dev.ruststack.emulator.seed.Seeder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole emulator: its services behind their ports, and what they were seeded with. The composition root. */
public final class Emulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Emulator.class);
    private static final Duration DYNAMODB_START = Duration.ofSeconds(60);

    /** Before what failed is tried again, the first time. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);

    private final EmulatorConfig config;
    private final Listeners listeners;
    private final Services services;
    private final Seeder seeder;

    /** One seeding at a time; what it was told last, for resets and restarts of DynamoDB Local. */
    private final ReentrantLock seeding = new ReentrantLock();

    private volatile @Nullable Declaration declaration;
    private volatile SeedReport report = SeedReport.NOTHING;

    private final StackState state = new StackState(Clock.systemUTC());
    private final StateDocument document;
    private final Metrics metrics;
    private final SeedQueue queue = new SeedQueue(new SeedQueue.Target() {
        @Override
        public SeedQueue.Seeding requested(SeedBundle bundle) {
            return later(bundle);
        }

        @Override
        public void refused(String reason) {
            LOG.error("Not seeded: {}", reason);
            state.refused(reason);
        }
    });

    private final SeedRetries retries = new SeedRetries(RETRY_PAUSE, state::updated);
    private final Health health;

    /** What was seeded last. */
    record Declaration(String revision, RustStackSpec spec, SeedSources sources) {}

    private Emulator(EmulatorConfig config, Listeners listeners, Services services) {
        this.config = config;
        this.listeners = listeners;
        this.services = services;
        this.metrics = new Metrics(services.invoker::environments);
        this.document = new StateDocument(config, services);
        var dynamoDb = services.dynamoDb;
        this.health = new Health(state, () -> dynamoDb == null || dynamoDb.ready());
        this.seeder = new Seeder(new Seeder.Target(
                config.region(),
                config.accountId(),
                services.s3Api,
                services.dynamoDbApi,
                this::awaitDynamoDb,
                services.lambdaApi,
                this::warm,
                this::serve,
                services.marks));
    }

    /**
     * Binds the ports and serves, not yet seeded.
     *
     * @param guard ends the children and directories of the emulator with it; stays the caller's; null where functions do
     *     not run as its children
     * @throws java.net.BindException naming the address, where a port is taken; nothing is left running then
     */
    public static Emulator start(EmulatorConfig config, @Nullable ProcessGuard guard) throws IOException {
        var listeners = Listeners.bind(config);
        Services services = null;
        try {
            services = new Services(config, listeners.aws(), guard);
            var emulator = new Emulator(config, listeners, services);
            emulator.serve();
            return emulator;
        } catch (IOException | RuntimeException e) {
            listeners.close();
            if (services != null) {
                services.close();
            }
            throw e;
        }
    }

    private void serve() {
        var admin = new AdminApi(config.secrets().adminToken(), new StackAdmin(this, config, services));
        listeners.awsHandler.serve(request -> aws(request, admin));
        listeners.frontHandler.serve(services.front);
        listeners.adminHandler.serve(admin);
        if (services.dynamoDb != null) {
            services.dynamoDb.onRestart(this::reseedTables);
            services.dynamoDb.onReadiness(this::dynamoDbChanged);
            dynamoDbChanged();
        }
        var drift = new DriftWatch(state, services, new DeclaredItems(seeder, () -> declaration));
        services.observe(call -> {
            metrics.called(call);
            drift.called(call);
        });
        services.invoker.observe(metrics);
        services.functions.onChange(this::functionsChanged);
        services.sandboxes.onChange(state::touch);
        state.listening();
        var directory = config.seedDirectory();
        if (directory != null) {
            queue.submitMounted(directory);
        }
    }

    private void dynamoDbChanged() {
        if (services.dynamoDb != null && services.dynamoDb.ready()) {
            state.dynamoDbReady();
        } else {
            state.touch();
        }
    }

    private void functionsChanged() {
        state.touch();
    }

    private Response aws(Request request, AdminApi admin) throws Exception {
        if (!request.rawPath().startsWith(AdminApi.BASE)) {
            var named = services.front.handleNamed(request);
            return named == null ? services.router.handle(request) : named;
        }
        if (request.rawPath().startsWith(CodeDownloads.PREFIX)) {
            return services.downloads.handle(request);
        }
        var open = admin.handleOpen(request);
        return open == null
                ? Response.of(404, "text/plain", Body.of("the rest of the admin API has a port of its own\n"))
                : open;
    }

    /** The ports that were bound. */
    public record Ports(int aws, int front, int runtime, int admin) {}

    public Ports ports() {
        return new Ports(listeners.aws(), listeners.front(), services.runtimeApi.port(), listeners.admin());
    }

    /**
     * Makes the emulator match a declaration: creates what is missing, updates what differs, and waits until each item
     * answers or has failed. One failed item does not stop the others, unless the seed policy says so. Idempotent.
     */
    public SeedReport seed(RustStackSpec spec, SeedSources sources, SeedProgress progress) throws InterruptedException {
        var revision = Seeder.revision(spec);
        return seed(new Declaration(revision, spec, sources), state.requested(revision), progress);
    }

    private SeedReport seed(Declaration declared, long ticket, SeedProgress progress) throws InterruptedException {
        retries.stop();
        seeding.lockInterruptibly();
        try {
            declaration = declared;
            state.begun(ticket, declared.spec);
            services.kept.keepOnly(declared.spec.functions().stream()
                    .map(function -> functionArn(function.name()))
                    .collect(Collectors.toSet()));
            services.debugPorts.set(declared.spec.functions().stream()
                    .filter(function -> function.debugPort() != null)
                    .collect(Collectors.toMap(
                            function -> functionArn(function.name()),
                            function -> Objects.requireNonNull(function.debugPort()))));
            services.sandboxes.keepWarm(Sandboxing.warm(declared.spec));
            services.sandboxes.prepare(Sandboxing.first(declared.spec, this::isMissing));
            report = seeder.seed(declared.revision, declared.spec, declared.sources, state.progress(ticket, progress));
            health.seeded();
            state.finished(ticket, report);
            retry(declared, report.items());
            return report;
        } finally {
            services.sandboxes.prepare(List.of());
            seeding.unlock();
        }
    }

    /** The source of a declared function has changed: its invocations wait for {@link #reload} from now on. */
    public void sourceChanged(String functionName) {
        services.reloads.begin(functionArn(functionName));
    }

    /** Brings a declared function up to date with its source; its invocations go on then, whatever came of it. */
    public SeedItem reload(String functionName) throws InterruptedException {
        seeding.lockInterruptibly();
        try {
            var declared = Objects.requireNonNull(declaration, "nothing was seeded yet");
            var item = seeder.reload(declared.spec, declared.sources, functionName);
            state.updated(List.of(item));
            return item;
        } finally {
            seeding.unlock();
            services.reloads.end(functionArn(functionName));
        }
    }

    private void retry(Declaration declared, List<SeedItem> outcomes) {
        retries.goOn(outcomes, failed -> seeder.seedAgain(declared.spec, declared.sources, failed));
    }

    private boolean isMissing(String functionName) {
        return services.functions.find(functionArn(functionName)) == null;
    }

    /** Seeds a bundle in the background, instead of the one that may be on its way; returns its revision. */
    String seedLater(SeedBundle bundle) {
        queue.submit(bundle);
        return bundle.revision();
    }

    private SeedQueue.Seeding later(SeedBundle bundle) {
        var declared = new Declaration(bundle.revision(), bundle.spec(), bundle.sources());
        long ticket = state.requested(bundle.revision());
        return () -> {
            var outcome = seedOrGiveUp(declared, ticket);
            outcome.items().stream()
                    .filter(item -> !item.ready())
                    .forEach(item -> LOG.error("{} {}: {}", item.kind(), item.name(), item.error()));
            LOG.info("Seeded {} in {} ms", bundle.revision(), outcome.durationMilliseconds());
        };
    }

    private SeedReport seedOrGiveUp(Declaration declared, long ticket) throws InterruptedException {
        try {
            return seed(declared, ticket, SeedProgress.SILENT);
        } catch (RuntimeException e) {
            state.givenUp(ticket, "seeding failed unexpectedly: " + e);
            throw e;
        }
    }

    /** What functions run in where whoever holds this makes it: their pods or containers. */
    public Sandboxes sandboxes() {
        return services.sandboxes;
    }

    /** What is counted, for Prometheus. */
    String metrics() {
        return metrics.text();
    }

    /** What has become of everything, once there is news. */
    StateDocument.Document state(long after, Duration wait) throws InterruptedException {
        state.await(after, wait);
        return document.at(state.snapshot(), health.notReady());
    }

    /** The outcome of the last seeding. */
    public SeedReport seedReport() {
        return report;
    }

    /** Forgets everything that clients and seeds have made, and seeds again from the last declaration. */
    public SeedReport reset() throws InterruptedException, IOException {
        seeding.lockInterruptibly();
        try {
            services.eventSources.clear();
            services.functions.clear();
            services.apis.clear();
            services.iam.clear();
            services.layers.clear();
            services.codeSigning.clear();
            services.tags.clear();
            services.s3.clear();
            if (services.dynamoDb != null) {
                services.dynamoDb.clear();
            }
            services.logs.clear();
            services.marks.clear();
            var last = declaration;
            return last == null ? report : seed(last, state.requested(last.revision), SeedProgress.SILENT);
        } finally {
            seeding.unlock();
        }
    }

    Health health() {
        return health;
    }

    private void awaitDynamoDb() throws InterruptedException, TimeoutException {
        if (services.dynamoDb != null) {
            services.dynamoDb.awaitReady(DYNAMODB_START);
        }
    }

    /** DynamoDB Local has lost its tables; the first contact, before anything was declared, has none to lose. */
    private void reseedTables(long generation) throws InterruptedException {
        var last = declaration;
        if (last == null || generation == 1) {
            return;
        }
        LOG.warn("DynamoDB Local was restarted and is empty: seeding its tables again");
        var tables = seeder.seedTables(last.spec, last.sources);
        state.updated(tables);
        var others = report.items().stream()
                .filter(item -> tables.stream()
                        .noneMatch(again ->
                                again.kind().equals(item.kind()) && again.name().equals(item.name())));
        retry(last, Stream.concat(others, tables.stream()).toList());
        for (var item : tables) {
            if (!item.ready()) {
                LOG.error("{} {}: {}", item.kind(), item.name(), item.error());
            }
        }
    }

    private Outcome.@Nullable Failed warm(String functionName, int minRunners) throws InterruptedException {
        var arn = functionArn(functionName);
        var function = services.functions.configuration(arn);
        var failed = function == null ? null : services.invoker.warm(function, Math.max(1, minRunners));
        services.kept.keep(arn, minRunners);
        return failed;
    }

    private void serve(RustStackSpec spec) {
        var apis = new DeclaredApis(config.accountId(), this::functionArn);
        services.front.routes(apis.rest(spec), apis.http(spec));
    }

    String functionArn(String name) {
        return "arn:aws:lambda:" + config.region() + ":" + config.accountId() + ":function:" + name;
    }

    /** Stops: running requests end within seconds, functions are killed, data that is owned is removed. */
    @Override
    public void close() {
        health.stopping();
        queue.close();
        retries.close();
        state.stop();
        services.liveTails.close();
        listeners.close();
        services.close();
    }
}
