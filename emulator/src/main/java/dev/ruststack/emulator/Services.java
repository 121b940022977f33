package dev.ruststack.emulator;

import dev.ruststack.emulator.apigateway.ApiGatewayService;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.aws.MissingService;
import dev.ruststack.emulator.aws.ServiceRouter;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.aws.wire.KnownRoutes;
import dev.ruststack.emulator.cloudwatchlogs.LiveTails;
import dev.ruststack.emulator.cloudwatchlogs.LogGroups;
import dev.ruststack.emulator.cloudwatchlogs.LogsService;
import dev.ruststack.emulator.dynamodb.DynamoDbBackend;
import dev.ruststack.emulator.dynamodb.DynamoDbProxy;
import dev.ruststack.emulator.dynamodb.TableNotes;
import dev.ruststack.emulator.httpfront.HttpFront;
import dev.ruststack.emulator.httpfront.Target;
import dev.ruststack.emulator.iam.IamService;
import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.CodeArchives;
import dev.ruststack.emulator.lambda.CodeDownloads;
import dev.ruststack.emulator.lambda.CodeReloads;
import dev.ruststack.emulator.lambda.CodeSigningConfig;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.DebugPorts;
import dev.ruststack.emulator.lambda.FunctionEventRules;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrls;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.KeptFunctions;
import dev.ruststack.emulator.lambda.KeptWarm;
import dev.ruststack.emulator.lambda.LambdaService;
import dev.ruststack.emulator.lambda.LambdaSettings;
import dev.ruststack.emulator.lambda.Layers;
import dev.ruststack.emulator.lambda.PooledInvoker;
import dev.ruststack.emulator.lambda.ProvisionedConcurrency;
import dev.ruststack.emulator.lambda.ReloadingInvoker;
import dev.ruststack.emulator.lambda.ResourceTags;
import dev.ruststack.emulator.lambda.StoredLayer;
import dev.ruststack.emulator.lambda.WaitingEvent;
import dev.ruststack.emulator.lambda.eventsource.Checkpoint;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMapping;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.NoLauncher;
import dev.ruststack.emulator.lambda.sandbox.PodLauncher;
import dev.ruststack.emulator.lambda.sandbox.ProcessLauncher;
import dev.ruststack.emulator.lambda.sandbox.RunnerApi;
import dev.ruststack.emulator.lambda.sandbox.SandboxLauncher;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.process.ProcessGuard;
import dev.ruststack.emulator.s3.S3Service;
import dev.ruststack.emulator.s3.S3Settings;
import dev.ruststack.emulator.seed.SeedMarks;
import dev.ruststack.emulator.sts.StsService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The services of an emulator, wired by hand. */
final class Services implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);

    /** How long an invocation waits for one of the stack's execution environments before it is throttled. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long it waits for the runner in a pod that has to be started for it. */
    private static final Duration POD_START = Duration.ofSeconds(60);

    /** The same where something keeps the pod from starting: AWS's SDKs give up after 30 s, and should hear of it. */
    private static final Duration POD_TROUBLE = Duration.ofSeconds(20);

    final S3Service s3;
    final AwsService s3Api;
    final AwsService lambdaApi;
    final @Nullable AwsService dynamoDbApi;
    final @Nullable DynamoDbBackend dynamoDb;
    final Functions functions;
    final Layers layers;
    final PooledInvoker invoker;
    final KeptWarm kept;
    final CodeReloads reloads = new CodeReloads();
    final FunctionLogs logs = new FunctionLogs();
    final LiveTails liveTails = new LiveTails();
    final RuntimeApi runtimeApi;

    /** What functions run in, where someone else makes it. */
    final Sandboxes sandboxes;

    final DebugPorts debugPorts;
    final CodeDownloads downloads;

    /** Which declared items were made already. */
    final SeedMarks marks;

    final EventSourceMappings eventSources;
    final CodeSigningConfigs codeSigning;

    /** Those of what Lambda has beside functions. */
    final ResourceTags tags;

    final HttpFront front;

    /** What clients make of API Gateway. */
    final KeptTable<JsonNode> apis;

    final IamService iam;
    final ServiceRouter router;
    private final List<AwsService> services = new ArrayList<>();

    /** What has to be closed, the last first. */
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    Services(EmulatorConfig config, int awsPort, @Nullable ProcessGuard guard) throws IOException {
        var clock = Clock.systemUTC();
        var data = config.dataDirectory();
        boolean persistent = config.storage() == EmulatorConfig.Storage.PERSISTENT;
        var signatures = new SigV4Authenticator(
                config.signatures(),
                key -> config.secrets().knows(key) ? config.secrets().secretAccessKey() : null,
                config.accountId(),
                config.region(),
                clock);
        var self = new Identity(config.secrets().accessKeyId(), config.accountId(), config.region(), null);
        var authenticator = InProcess.trusting(signatures, self);
        try {
            // Given up after everything else.
            var _ = closing(DataDirectory.open(data, config.storage()));
            s3 = closing(new S3Service(new S3Settings(
                    Files.createDirectories(data.resolve("s3")),
                    persistent,
                    config.hosts(),
                    S3Settings.DEFAULT_MEMORY_BUDGET,
                    clock)));
            s3Api = s3.service(
                    InProcess.trusting(signatures.admittingAnonymous(), self), KnownRoutes.of(S3Service.class));

            runtimeApi = closing(
                    RuntimeApi.start(runtimeAddress(config), config.ports().runtime()));
            var launcher = closing(launcher(config, guard, runtimeApi));
            sandboxes = launcher instanceof Sandboxes remote ? remote : Sandboxes.NONE;
            var packages = data.resolve("functions");
            var archives =
                    closing(persistent ? CodeArchives.persistent(packages, clock) : new CodeArchives(packages, clock));
            var waiting = closing(table(config, WaitingEvent.class, data.resolve("waiting-events")));
            var lambda = lambdaSettings(config, awsPort);
            debugPorts = lambda.debugPorts();
            invoker = closing(new PooledInvoker(lambda, runtimeApi, launcher, logs));
            functions = new Functions(archives, invoker, clock, closing(settling()));
            invoker.limit(functions.reserved());
            layers = new Layers(archives, closing(table(config, StoredLayer.class, data.resolve("layers"))));
            if (persistent) {
                var _ = closing(KeptFunctions.open(functions, packages.resolve("journal")));
            }
            if (!config.lambda().runtimeFunctions()) {
                functions.denyClients();
            }
            kept = closing(new KeptWarm(invoker, functions::configuration));
            functions.onChange(kept::changed);
            var reloading = new ReloadingInvoker(invoker, reloads, functions::configuration);
            marks = closing(persistent ? SeedMarks.kept(data.resolve("seed")) : SeedMarks.inMemory());
            downloads = new CodeDownloads(functions, layers, clock);
            var _ = closing(LifecycleTimer.start(s3::applyLifecycles));
            invoker.follow(
                    new FunctionEventRules(functions),
                    new EventDestinations(functions, reloading, new StackObjects(s3Api), clock));
            invoker.keep(waiting, functions::configuration);
            s3.notify(new FunctionNotifications(functions, reloading, clock));
            var urls = new FunctionUrls(
                    functions, closing(table(config, FunctionUrl.class, data.resolve("function-urls"))));
            var notes = closing(persistent ? TableNotes.kept(data.resolve("tables")) : TableNotes.inMemory());
            var dynamoDbAddress = config.dynamodb();
            dynamoDb = dynamoDbAddress == null ? null : closing(DynamoDbBackend.watch(dynamoDbAddress, notes));
            dynamoDbApi = dynamoDb == null ? null : new DynamoDbProxy(dynamoDb, authenticator, clock);
            eventSources = closing(new EventSourceMappings(
                    new EventSourceMappings.Tables(
                            closing(table(config, EventSourceMapping.class, data.resolve("event-source-mappings"))),
                            closing(table(config, Checkpoint.class, data.resolve("event-source-checkpoints")))),
                    dynamoDbApi == null ? null : new StackStreams(dynamoDbApi),
                    functions,
                    reloading,
                    new StackObjects(s3Api),
                    clock));
            codeSigning = new CodeSigningConfigs(
                    functions, closing(table(config, CodeSigningConfig.class, data.resolve("code-signing-configs"))));
            tags = new ResourceTags(closing(table(config, ResourceTags.Tagged.class, data.resolve("lambda-tags"))));
            lambdaApi = LambdaService.of(
                    new LambdaService.Stores(
                            functions,
                            layers,
                            urls,
                            new ProvisionedConcurrency(functions, kept),
                            eventSources,
                            codeSigning,
                            tags),
                    reloading,
                    (owner, bucket, key, versionId) -> s3.open(bucket, key, versionId),
                    downloads,
                    authenticator,
                    clock);
            front = new HttpFront(
                    new HttpFront.Behind(functions, urls, reloading, authenticator), Target.HTTP_TIMEOUT, clock);

            services.add(s3Api);
            services.add(lambdaApi);
            services.add(new StsService(authenticator));
            services.add(new LogsService(new LogGroups(logs, clock), liveTails, authenticator));
            apis = closing(table(config, JsonNode.class, data.resolve("apis")));
            services.add(new ApiGatewayService(apis, front, authenticator, clock));
            iam = closing(IamService.open(persistent ? data.resolve("iam") : null, authenticator, clock));
            services.add(iam);
            if (dynamoDbApi != null) {
                services.add(dynamoDbApi);
            }
            router = new ServiceRouter(services, MissingService::new);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where functions run: the one place that knows of all the ways. */
    private static SandboxLauncher launcher(EmulatorConfig config, @Nullable ProcessGuard guard, RuntimeApi runtimeApi)
            throws IOException {
        if (config.lambda().maxRunners() == 0) {
            return new NoLauncher("No function runs in this stack: spec.lambda.maxRunners is 0.");
        }
        return switch (config.lambda().executor()) {
            case PROCESS -> {
                if (guard == null) {
                    throw new IllegalArgumentException("functions as processes need a guard");
                }
                yield ProcessLauncher.in(
                        Files.createDirectories(config.dataDirectory().resolve("sandboxes")),
                        System.getenv().getOrDefault("PATH", ""),
                        guard);
            }
            case PODS -> pods(config, runtimeApi, "pod");
            case CONTAINERS -> pods(config, runtimeApi, "container");
            case DISABLED -> new NoLauncher("No function runs in this stack: spec.lambda.executor is Disabled.");
        };
    }

    private static PodLauncher pods(EmulatorConfig config, RuntimeApi runtimeApi, String kind) {
        var key = config.secrets().runnerKey();
        if (key == null) {
            throw new IllegalArgumentException("functions in a " + kind + " need a key for their runners");
        }
        var pods = new PodLauncher(key, config.lambda().maxRunners(), POD_START, POD_TROUBLE, kind);
        runtimeApi.mount(RunnerApi.PREFIX, pods.api());
        return pods;
    }

    /** Where nothing but containers uses the port, only they reach it. */
    private static String runtimeAddress(EmulatorConfig config) {
        var containers = config.lambda().containerAddress();
        return containers == null ? config.bindAddress() : containers;
    }

    private static LambdaSettings lambdaSettings(EmulatorConfig config, int awsPort) {
        var lambda = config.lambda();
        var host = config.bindAddress().equals("0.0.0.0") ? "127.0.0.1" : config.bindAddress();
        var endpoint = lambda.endpoint() == null ? URI.create("http://" + host + ":" + awsPort) : lambda.endpoint();
        return LambdaSettings.of(
                        config.region(),
                        endpoint,
                        config.secrets().accessKeyId(),
                        config.secrets().secretAccessKey())
                .withS3Endpoint(lambda.s3Endpoint())
                .withEnvironments(Math.max(1, lambda.maxRunners()), PATIENCE, Duration.ofSeconds(lambda.idleSeconds()));
    }

    /** Has every call of every service told to an observer. */
    void observe(CallObserver observer) {
        services.forEach(service -> service.observe(observer));
    }

    /** A table that lives as long as the data. */
    private static <V> KeptTable<V> table(EmulatorConfig config, Class<V> type, Path directory) throws IOException {
        return config.storage() == EmulatorConfig.Storage.PERSISTENT
                ? KeptTable.kept(type, directory)
                : KeptTable.inMemory(type);
    }

    private static ExecutorService settling() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("function-settling-", 0).factory());
    }

    private <T extends AutoCloseable> T closing(T resource) {
        closing.push(resource);
        return resource;
    }

    /** Ends every function and lets go of everything; data that is owned is removed. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                LOG.warn("Could not close a part of the emulator", e);
            }
        }
    }
}
