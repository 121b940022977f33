package dev.ruststack.operator.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.operator.Connection;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A real API server on an etcd of its own, without any controller: what happens here is the operator's doing. */
final class ApiServer implements AutoCloseable {
    private static final Path CRD = Path.of("../helm/ruststack-operator/files/ruststacks.ruststack.dev-v1.yml");
    private static final String TOKEN = "for-tests-only";
    private static final String OPERATOR_TOKEN = "for-an-operator-whose-calls-are-counted";
    private static final String AUDIT = """
            {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived", "ResponseStarted"],
             "rules": [{"level": "Metadata", "users": ["operator"]}, {"level": "None"}]}
            """;

    private final Path directory;
    private final String etcdUrl;
    private final int port;
    private final Process etcd;
    private final List<String> command;
    private Process server;

    private ApiServer(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        etcdUrl = "http://127.0.0.1:" + freePort();
        port = freePort();
        var key = Files.writeString(directory.resolve("service-account.pem"), privateKey());
        var tokens = Files.writeString(
                directory.resolve("tokens.csv"),
                "%s,test,test,system:masters\n%s,operator,operator,system:masters\n".formatted(TOKEN, OPERATOR_TOKEN));
        var audit = Files.writeString(directory.resolve("audit.json"), AUDIT);
        command = List.of(
                program("kube-apiserver"),
                "--etcd-servers=" + etcdUrl,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + directory.resolve("certs"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://tests",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--token-auth-file=" + tokens,
                "--audit-policy-file=" + audit,
                "--audit-log-path=" + directory.resolve("audit.log"),
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none");
        etcd = run(
                "etcd",
                List.of(
                        program("etcd"),
                        "--data-dir=" + directory.resolve("etcd"),
                        "--listen-client-urls=" + etcdUrl,
                        "--advertise-client-urls=" + etcdUrl,
                        "--listen-peer-urls=http://127.0.0.1:" + freePort(),
                        "--unsafe-no-fsync"));
        server = run("kube-apiserver", command);
    }

    /** Starts one in a folder of its own; it answers and knows the resource when this returns. */
    static ApiServer start(Path directory) throws IOException, GeneralSecurityException {
        var started = new ApiServer(directory);
        try (var client = started.connect()) {
            started.awaitAnswer();
            try (var crd = Files.newInputStream(CRD)) {
                client.load(crd).serverSideApply();
            }
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> client.genericKubernetesResources("ruststack.dev/v1alpha1", "RustStack")
                            .list()
                            .getItems()
                            .isEmpty());
            // Without its own roles the server tells everyone that they may do nothing.
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> client.rbac()
                                    .clusterRoleBindings()
                                    .withName("cluster-admin")
                                    .get()
                            != null);
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    KubernetesClient connect() {
        return Connection.open(config());
    }

    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withTrustCerts(true)
                .withOauthToken(TOKEN)
                .withNamespace("default")
                .build();
    }

    /** For an operator whose calls are to be counted. */
    Config operatorConfig() {
        var config = config();
        config.setOauthToken(OPERATOR_TOKEN);
        return config;
    }

    /** Every call of the operator that has ended, but for watches: verb and resource. */
    List<String> operatorCalls() throws IOException {
        try (var lines = Files.lines(directory.resolve("audit.log"))) {
            return lines.map(ApiServer::call)
                    .filter(call -> !call.startsWith("watch "))
                    .toList();
        }
    }

    private static String call(String line) {
        try {
            var event = new ObjectMapper().readTree(line);
            return event.path("verb").asText() + " "
                    + event.at("/objectRef/resource").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Kills the server, as by a node that fails; its etcd goes on. */
    void kill() {
        server.destroyForcibly().onExit().join();
    }

    void startAgain() throws IOException {
        server = run("kube-apiserver", command);
        awaitAnswer();
    }

    /** Makes a namespace. */
    void namespace(String name) {
        try (var client = connect()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    private void awaitAnswer() {
        try (var client = connect()) {
            await("the API server, see " + directory)
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> client.namespaces().withName("default").get() != null);
        }
    }

    private static String program(String name) {
        var folder = Path.of(Objects.requireNonNullElseGet(
                System.getProperty("ruststack.kubernetes"), () -> cache() + "/ruststack-e2e/bin"));
        var program = folder.resolve(name);
        if (Files.isExecutable(program)) {
            return program.toString();
        }
        if (name.equals("etcd")) {
            return name;
        }
        throw new IllegalStateException(program + " is not there: e2e/cluster build builds it");
    }

    private static String cache() {
        var cache = System.getenv("XDG_CACHE_HOME");
        return cache == null || cache.isEmpty() ? System.getProperty("user.home") + "/.cache" : cache;
    }

    private Process run(String name, List<String> arguments) throws IOException {
        return new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(name + ".log").toFile()))
                .start();
    }

    private static String privateKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var encoded = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kill();
        etcd.destroyForcibly().onExit().join();
    }
}
