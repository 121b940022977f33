package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.ServiceRouter;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Lambda's API on a port of its own, with the SDK's client for it; its functions do what a test says. */
public final class LambdaStack implements AutoCloseable {
    public static final String ROLE = "arn:aws:iam::000000000000:role/test";

    private final Path directory;
    private final HttpServer server;
    private final ScriptedInvoker invoker = new ScriptedInvoker();
    private final HeldSettling settling = new HeldSettling();
    private final CodeArchives archives;
    private final Functions functions;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final LambdaClient client;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExchangeHandler handler;

    public LambdaStack() {
        try {
            directory = Files.createTempDirectory("lambda-stack");
            archives = new CodeArchives(directory.resolve("code"), Clock.systemUTC());
            functions = new Functions(archives, invoker, Clock.systemUTC(), settling);
            handler = handler();
            server = HttpServer.start(HttpServerConfig.of("lambda", "127.0.0.1", 0), handler);
            client = client("AKIDTEST", Region.US_EAST_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExchangeHandler handler() throws IOException {
        var clock = Clock.systemUTC();
        var authenticator = new SigV4Authenticator(
                SigV4Authenticator.Mode.PERMISSIVE, key -> "secret", "000000000000", "us-east-1", clock);
        var layers = new Layers(archives, KeptTable.inMemory(StoredLayer.class));
        var downloads = new CodeDownloads(functions, layers, clock);
        var urls = new FunctionUrls(functions, KeptTable.inMemory(FunctionUrl.class));
        var lambda = LambdaService.of(
                new LambdaService.Stores(
                        functions,
                        layers,
                        urls,
                        new ProvisionedConcurrency(functions, Warmth.NONE),
                        noEventSources(functions, invoker),
                        new CodeSigningConfigs(functions, KeptTable.inMemory(CodeSigningConfig.class)),
                        new ResourceTags(KeptTable.inMemory(ResourceTags.Tagged.class))),
                invoker,
                this::object,
                downloads,
                authenticator,
                clock);
        var router = new ServiceRouter(java.util.List.of(lambda), name -> lambda);
        return request ->
                request.rawPath().startsWith(CodeDownloads.PREFIX) ? downloads.handle(request) : router.handle(request);
    }

    /** Event source mappings of a stack without DynamoDB. */
    static EventSourceMappings noEventSources(Functions functions, Invoker invoker) {
        return new EventSourceMappings(
                EventSourceMappings.Tables.inMemory(),
                null,
                functions,
                invoker,
                (bucket, prefix, time, json) -> {},
                Clock.systemUTC());
    }

    private InputStream object(FunctionName owner, String bucket, String key, @Nullable String versionId) {
        var object = objects.get(bucket + "/" + key + (versionId == null ? "" : "?" + versionId));
        if (object == null) {
            throw new TestS3Error("NoSuchKey", "The specified key does not exist.").error();
        }
        return new java.io.ByteArrayInputStream(object);
    }

    private record TestS3Error(String code, String message) implements dev.ruststack.emulator.aws.ErrorCode {
        @Override
        public int status() {
            return 404;
        }
    }

    /** Settles changes at once, unless a test holds them back. */
    private static final class HeldSettling implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean held;

        @Override
        public synchronized void execute(Runnable change) {
            if (held) {
                waiting.add(change);
            } else {
                change.run();
            }
        }

        synchronized void hold() {
            held = true;
        }

        synchronized void release() {
            held = false;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
    }

    public LambdaClient client() {
        return client;
    }

    /** A client of another account or region. */
    public LambdaClient client(String accessKey, Region region) {
        return LambdaClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
                .build();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.port();
    }

    public ScriptedInvoker invoker() {
        return invoker;
    }

    public Functions functions() {
        return functions;
    }

    /** @param key followed, for a version, by a question mark and its id */
    public void object(String bucket, String key, byte[] content) {
        objects.put(bucket + "/" + key, content);
    }

    /** Leaves changes Pending or InProgress until {@link #settle}. */
    public void holdChanges() {
        settling.hold();
    }

    public void settle() {
        settling.release();
    }

    /** A request for a function that differs from others by nothing. */
    public static CreateFunctionRequest.Builder function(String name) {
        return CreateFunctionRequest.builder()
                .functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .handler("app.handler")
                .role(ROLE)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(TestZip.of("app.py", "def handler(e, c): pass"))));
    }

    public void create(String name) {
        client.createFunction(function(name).build());
    }

    /** A request as it is on the wire. */
    public HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(endpoint() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer to a request that did not come over a connection. */
    public Response handle(Request request) {
        try {
            return handler.handle(request);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        client.close();
        http.close();
        server.close();
        archives.close();
        try {
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
