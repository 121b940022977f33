package dev.ruststack.operator.cluster;

import static org.awaitility.Awaitility.await;

import dev.ruststack.operator.Connection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A real API server on an etcd of its own, without any controller: what happens here is the operator's doing. */
final class ApiServer implements AutoCloseable {
    private static final Path CRD = Path.of("../helm/ruststack-operator/files/ruststacks.ruststack.dev-v1.yml");
    private static final String TOKEN = "for-tests-only";

    private final List<Process> processes = new ArrayList<>();
    private final Config config;

    private ApiServer(Path directory) throws IOException, GeneralSecurityException {
        var etcdPort = freePort();
        var etcdPeer = freePort();
        var port = freePort();
        config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withTrustCerts(true)
                .withOauthToken(TOKEN)
                .withNamespace("default")
                .build();
        var key = directory.resolve("service-account.pem");
        Files.writeString(key, privateKey());
        var tokens = Files.writeString(directory.resolve("tokens.csv"), TOKEN + ",test,test,system:masters\n");
        var etcd = "http://127.0.0.1:" + etcdPort;
        run(
                directory,
                "etcd",
                "etcd",
                "--data-dir",
                directory.resolve("etcd").toString(),
                "--listen-client-urls",
                etcd,
                "--advertise-client-urls",
                etcd,
                "--listen-peer-urls",
                "http://127.0.0.1:" + etcdPeer,
                "--unsafe-no-fsync");
        run(
                directory,
                "kube-apiserver",
                binaries().resolve("kube-apiserver").toString(),
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + directory.resolve("certs"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://tests",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none");
    }

    /** Starts one in a folder of its own; it answers and knows the resource when this returns. */
    static ApiServer start(Path directory) throws IOException, GeneralSecurityException {
        var server = new ApiServer(directory);
        try (var client = server.connect()) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> client.namespaces().withName("default").get() != null);
            try (var crd = Files.newInputStream(CRD)) {
                client.load(crd).serverSideApply();
            }
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> client.genericKubernetesResources("ruststack.dev/v1alpha1", "RustStack")
                            .list()
                            .getItems()
                            .isEmpty());
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    KubernetesClient connect() {
        return Connection.open(config());
    }

    Config config() {
        return new ConfigBuilder(config).build();
    }

    private static Path binaries() {
        var given = System.getenv("RUSTSTACK_KUBE_BIN");
        return given == null ? Path.of(System.getProperty("user.home"), ".cache/ruststack-e2e/bin") : Path.of(given);
    }

    private void run(Path directory, String name, String... command) throws IOException {
        var log = directory.resolve(name + ".log").toFile();
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
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
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.reversed().forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }
}
