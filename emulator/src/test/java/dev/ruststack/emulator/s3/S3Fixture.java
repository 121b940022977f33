package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.aws.wire.KnownRoutes;
import dev.ruststack.emulator.http.HttpServer;
import dev.ruststack.emulator.http.HttpServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** S3 behind a port of its own, signatures verified, with SDK clients and a raw one. */
public final class S3Fixture implements BeforeAllCallback, AfterAllCallback {
    static final String ACCOUNT = "000000000000";
    static final String OTHER_ACCOUNT = "111111111111";
    private static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private final RecordedEvents functions = new RecordedEvents();
    private final AtomicInteger lastBucket = new AtomicInteger();
    private final SigV4Authenticator.Mode mode;
    private @Nullable Path directory;
    private @Nullable HttpServer server;
    private @Nullable S3Client client;
    private @Nullable S3Service service;
    private final MovedClock clock = new MovedClock();

    private S3Fixture(SigV4Authenticator.Mode mode) {
        this.mode = mode;
    }

    /** One that verifies every signature. */
    public static S3Fixture enforcing() {
        return new S3Fixture(SigV4Authenticator.Mode.ENFORCE);
    }

    /** One that believes every caller, and takes raw requests without a signature. */
    public static S3Fixture permissive() {
        return new S3Fixture(SigV4Authenticator.Mode.PERMISSIVE);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("s3");
        var settings =
                new S3Settings(directory, false, S3Settings.LOCAL_HOSTS, S3Settings.DEFAULT_MEMORY_BUDGET, clock);
        var s3 = new S3Service(settings);
        s3.notify(functions);
        service = s3;
        var authenticator = new SigV4Authenticator(
                mode,
                key -> key.equals(ACCESS_KEY) || key.equals(OTHER_ACCOUNT) ? SECRET : null,
                ACCOUNT,
                "us-east-1",
                Clock.systemUTC());
        var api = s3.service(authenticator.admittingAnonymous(), KnownRoutes.of(S3Service.class));
        server = HttpServer.start(HttpServerConfig.of("s3", "127.0.0.1", 0), api);
        client = builder(ACCESS_KEY, Region.US_EAST_1).build();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        client().close();
        started(server).close();
        try (var files = Files.walk(directory())) {
            files.sorted(Comparator.reverseOrder()).forEach(S3Fixture::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }

    /** Lets time pass for S3, but not for signatures, and applies the lifecycle rules. */
    public void pass(Duration time) {
        clock.pass(time);
        started(service).applyLifecycles();
    }

    /** What functions were told. */
    public RecordedEvents functions() {
        return functions;
    }

    public int port() {
        return started(server).port();
    }

    /** Where the bytes of large objects are. */
    public Path directory() {
        return started(directory);
    }

    /** A client with the SDK's default settings; path style, since the endpoint is an address. */
    public S3Client client() {
        return started(client);
    }

    /** A client whose bucket stands in front of the host. */
    public S3Client virtualHostClient() {
        return builder(ACCESS_KEY, Region.US_EAST_1)
                .endpointOverride(URI.create("http://localhost:" + port()))
                .httpClient(Apache5HttpClient.builder().dnsResolver(LOOPBACK).build())
                .build();
    }

    /** A client of another account. */
    public S3Client otherAccount() {
        return builder(OTHER_ACCOUNT, Region.US_EAST_1).build();
    }

    /** A client of another region. */
    public S3Client in(Region region) {
        return builder(ACCESS_KEY, region).build();
    }

    /** One that signs for another of the stack's hosts. */
    public S3Presigner presigner(URI endpoint, boolean pathStyle) {
        return S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET)))
                .build();
    }

    public S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET)))
                .build();
    }

    private S3ClientBuilder builder(String accessKey, Region region) {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port()))
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, SECRET)));
    }

    /** A new bucket. */
    public String bucket() {
        var name = "bucket-" + lastBucket.incrementAndGet();
        client().createBucket(request -> request.bucket(name));
        return name;
    }

    /** Puts a text. */
    public void put(String bucket, String key, String text) {
        client().putObject(
                        request -> request.bucket(bucket).key(key),
                        software.amazon.awssdk.core.sync.RequestBody.fromString(text));
    }

    /** An answer as it stands on the wire. */
    public record Reply(int status, String head, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The value of a header, null where it is absent. */
        public @Nullable String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Sends a request without a signature, for servers that are permissive. */
    public Reply send(String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            write(socket.getOutputStream(), method + " " + target, headers, body);
            return read(socket);
        }
    }

    public Reply send(String method, String target) throws IOException {
        return send(method, target, Map.of(), new byte[0]);
    }

    private static void write(OutputStream out, String line, Map<String, String> headers, byte[] body)
            throws IOException {
        var head = new StringBuilder(line + " HTTP/1.1\r\n");
        if (!headers.containsKey("Host")) {
            head.append("Host: 127.0.0.1\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    private static Reply read(Socket socket) throws IOException {
        var all = socket.getInputStream().readAllBytes();
        var text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        var body = new byte[all.length - end - 4];
        System.arraycopy(all, end + 4, body, 0, body.length);
        return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), body);
    }

    /** The time of the machine, and what was let pass. */
    private static final class MovedClock extends Clock {
        private volatile Duration passed = Duration.ZERO;

        private void pass(Duration time) {
            passed = passed.plus(time);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(passed);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Every name is this machine. */
    private static final DnsResolver LOOPBACK = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return host;
        }
    };
}
