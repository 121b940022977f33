package dev.ruststack.emulator;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole emulator whose signatures are verified and whose functions run, for what stands before functions. */
final class GatewayStack implements AutoCloseable {
    static final String REGION = "us-east-1";
    static final String ARNS = "arn:aws:lambda:us-east-1:000000000000:function:";
    static final AwsCredentials CREDENTIALS = AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path data;
    private final boolean persistent;
    private ProcessGuard guard;
    private Emulator emulator;
    private LambdaClient lambda;

    GatewayStack() {
        this(false);
    }

    /** @param persistent whether what is made outlives {@link #restart} */
    GatewayStack(boolean persistent) {
        this.persistent = persistent;
        try {
            data = Files.createTempDirectory("gateway");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private void start() {
        var variables = EmulatorProcess.variables(data);
        variables.put("RUSTSTACK_EXECUTOR", "Process");
        variables.put("RUSTSTACK_HOSTS", "localhost");
        variables.put("RUSTSTACK_SIGNATURES", "Strict");
        variables.put("RUSTSTACK_STORAGE", persistent ? "Persistent" : "Ephemeral");
        try {
            guard = ProcessGuard.start();
            emulator = Emulator.start(
                    ((EnvironmentReader.Result.Valid) EnvironmentReader.read(variables)).config(), guard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lambda = client(LambdaClient.builder());
    }

    void restart() {
        stop();
        start();
    }

    /** A client of the stack. */
    <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(URI.create("http://127.0.0.1:" + port()))
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
                .build();
    }

    LambdaClient lambda() {
        return lambda;
    }

    int port() {
        return emulator.ports().aws();
    }

    int frontPort() {
        return emulator.ports().front();
    }

    /** Makes a function in Python; its handler is {@code handler(event, context)}. */
    GatewayStack python(String name, String code) {
        return function(name, "python3.11", "app.py", code);
    }

    /** Makes a function in JavaScript; its handler is {@code exports.handler}. */
    GatewayStack node(String name, String code) {
        return function(name, "nodejs20.x", "app.js", code);
    }

    private GatewayStack function(String name, String runtime, String file, String code) {
        lambda.createFunction(create -> create.functionName(name)
                .runtime(runtime)
                .handler("app.handler")
                .role("arn:aws:iam::000000000000:role/r")
                .timeout(10)
                .code(zip -> zip.zipFile(SdkBytes.fromByteArray(zip(file, code)))));
        lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(name));
        return this;
    }

    /** Makes a function in Python that gives its event back. */
    GatewayStack echo(String name) {
        return python(name, """
                import json
                def handler(event, context):
                    return {"statusCode": 200, "headers": {"x-by": context.invoked_function_arn}, "body": json.dumps(event)}
                """);
    }

    static byte[] zip(String file, String content) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(file));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A request to a host of the stack; {@code headers} are names and values by turns. */
    HttpResponse<String> send(String method, String host, String path, String body, String... headers) {
        return send(port(), method, host, path, body, headers);
    }

    HttpResponse<String> send(int port, String method, String host, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!host.isEmpty()) {
            request.header("Host", host + ":" + port);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String host, String path, String... headers) {
        return send("GET", host, path, "", headers);
    }

    /** The headers of a signed GET. */
    String[] signature(String host, String path, String service) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("http://" + host + ":" + port() + path))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(CREDENTIALS)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION));
        return signed.request().headers().entrySet().stream()
                .filter(header -> !header.getKey().equals("Host"))
                .flatMap(header -> Stream.of(header.getKey(), header.getValue().getFirst()))
                .toArray(String[]::new);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** Every header of a response with its first value, but those that are different each time. */
    static Map<String, String> headers(HttpResponse<String> response, String... names) {
        var headers = new java.util.TreeMap<String, String>();
        Arrays.stream(names).forEach(name -> response.headers().firstValue(name).ifPresent(v -> headers.put(name, v)));
        return headers;
    }

    private void stop() {
        lambda.close();
        emulator.close();
        guard.close();
    }

    @Override
    public void close() throws IOException {
        stop();
        if (Files.exists(data)) {
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
