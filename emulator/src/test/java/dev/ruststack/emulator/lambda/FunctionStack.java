package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.ServiceRouter;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.runtime.RuntimeApi;
import dev.ruststack.emulator.lambda.sandbox.ProcessLauncher;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;

/** Lambda's API with functions that really run, behind the SDK's clients. */
public final class FunctionStack implements AutoCloseable {
    public static final String REGION = "us-east-1";

    private final Path directory;
    private final HttpServer server;
    private final ProcessGuard guard;
    private final RuntimeApi api;
    private final ProcessLauncher launcher;
    private final CodeArchives archives;
    private final FunctionLogs logs = new FunctionLogs();
    private final PooledInvoker invoker;
    private final Functions functions;
    private final List<AutoCloseable> clients = new ArrayList<>();

    /** A service beside Lambda. */
    public interface Beside extends BiFunction<FunctionStack, SigV4Authenticator, AwsService> {}

    public FunctionStack(Path directory) throws IOException {
        this(directory, UnaryOperator.identity());
    }

    public FunctionStack(Path directory, UnaryOperator<LambdaSettings> change, Beside... beside) throws IOException {
        this.directory = directory;
        var clock = Clock.systemUTC();
        guard = ProcessGuard.start();
        api = RuntimeApi.start("127.0.0.1", 0);
        launcher = ProcessLauncher.in(directory.resolve("work"), System.getenv("PATH"), guard);
        archives = new CodeArchives(Files.createDirectories(directory.resolve("code")), clock);
        var settings = LambdaSettings.of(REGION, URI.create("http://127.0.0.1:4566"), "AKIAEXAMPLE", "secret");
        invoker = new PooledInvoker(change.apply(settings), api, launcher, logs);
        functions = new Functions(archives, invoker, clock, Runnable::run);
        var authenticator = new SigV4Authenticator(
                SigV4Authenticator.Mode.PERMISSIVE, key -> "secret", "000000000000", REGION, clock);
        var services = new ArrayList<AwsService>();
        var layers = new Layers(archives, KeptTable.inMemory(StoredLayer.class));
        var urls = new FunctionUrls(functions, KeptTable.inMemory(FunctionUrl.class));
        services.add(LambdaService.of(
                new LambdaService.Stores(
                        functions,
                        layers,
                        urls,
                        new ProvisionedConcurrency(functions, Warmth.NONE),
                        LambdaStack.noEventSources(functions, invoker),
                        new CodeSigningConfigs(functions, KeptTable.inMemory(CodeSigningConfig.class)),
                        new ResourceTags(KeptTable.inMemory(ResourceTags.Tagged.class))),
                invoker,
                (owner, bucket, key, version) -> {
                    throw new IllegalStateException("no S3 here");
                },
                new CodeDownloads(functions, layers, clock),
                authenticator,
                clock));
        for (var each : beside) {
            services.add(each.apply(this, authenticator));
        }
        var router = new ServiceRouter(services, name -> services.getFirst());
        server = HttpServer.start(HttpServerConfig.of("functions", "127.0.0.1", 0), router::handle);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    public LambdaClient client() {
        return client(LambdaClient.builder());
    }

    public LambdaAsyncClient asyncClient() {
        return client(LambdaAsyncClient.builder());
    }

    /** A client of this stack, closed with it. */
    public <B extends AwsClientBuilder<B, C>, C extends AutoCloseable> C client(B builder) {
        var client = builder.endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")))
                .build();
        clients.add(client);
        return client;
    }

    /** A new Python function: {@code app.handler}. */
    public String python(String code) {
        return create("python3.11", "app.handler", "app.py", code);
    }

    /** A new Node.js function: {@code index.handler}, CommonJS. */
    public String node(String code) {
        return create("nodejs20.x", "index.handler", "index.js", code);
    }

    /** A new function of one file. */
    public String create(String runtime, String handler, String file, String code) {
        return create(
                runtime,
                handler,
                new TestZip()
                        .file(file, code.startsWith("#!") ? 0755 : 0644, code.getBytes(StandardCharsets.UTF_8))
                        .bytes());
    }

    /** A new function of a package. */
    public String create(String runtime, String handler, byte[] packed) {
        var name = "f-" + UUID.randomUUID();
        client().createFunction(CreateFunctionRequest.builder()
                .functionName(name)
                .runtime(runtime)
                .handler(handler)
                .role(LambdaStack.ROLE)
                .timeout(30)
                .memorySize(256)
                .code(zip -> zip.zipFile(SdkBytes.fromByteArray(packed)))
                .build());
        return name;
    }

    public FunctionLogs logs() {
        return logs;
    }

    public Functions functions() {
        return functions;
    }

    public PooledInvoker invoker() {
        return invoker;
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws Exception {
        for (var client : clients) {
            client.close();
        }
        server.close();
        invoker.close();
        api.close();
        launcher.close();
        archives.close();
        guard.close();
    }
}
