package dev.ruststack.operator.api;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** A kube-apiserver and its etcd, without any controller. */
final class ApiServer implements AutoCloseable {
    private final Path folder;
    private final Process etcd;
    private final Process server;
    private final KubernetesClient client;

    private ApiServer(Path folder, Process etcd, Process server, KubernetesClient client) {
        this.folder = folder;
        this.etcd = etcd;
        this.server = server;
        this.client = client;
    }

    static ApiServer start() throws IOException, NoSuchAlgorithmException {
        var programs = Path.of(Objects.requireNonNull(
                System.getProperty("ruststack.kubernetes"), "-Druststack.kubernetes=folder of kube-apiserver"));
        var folder = Files.createTempDirectory("ruststack-api");
        var store = "http://127.0.0.1:" + freePort();
        var peers = "http://127.0.0.1:" + freePort();
        var port = freePort();
        var etcd = run(
                folder,
                "etcd",
                List.of(
                        "etcd",
                        "--data-dir",
                        folder.resolve("etcd").toString(),
                        "--unsafe-no-fsync",
                        "--listen-client-urls",
                        store,
                        "--advertise-client-urls",
                        store,
                        "--listen-peer-urls",
                        peers));
        var key = Files.writeString(folder.resolve("key.pem"), newKey()).toString();
        var tokens = Files.writeString(folder.resolve("tokens.csv"), "token,admin,admin,\"system:masters\"\n");
        var server = run(
                folder,
                "kube-apiserver",
                List.of(
                        programs.resolve("kube-apiserver").toString(),
                        "--etcd-servers=" + store,
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder.resolve("certificates"),
                        "--token-auth-file=" + tokens,
                        "--authorization-mode=RBAC",
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--service-account-key-file=" + key,
                        "--service-account-signing-key-file=" + key,
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--disable-admission-plugins=ServiceAccount"));
        var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .withTrustCerts(true)
                        .withOauthToken("token")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        var started = new ApiServer(folder, etcd, server, client);
        Awaitility.await("API server")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() -> client.namespaces().withName("default").get() != null);
        return started;
    }

    KubernetesClient client() {
        return client;
    }

    private static Process run(Path folder, String name, List<String> command) throws IOException {
        var log = new File(folder.toFile(), name + ".log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String newKey() throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.destroyForcibly().onExit().join();
        etcd.destroyForcibly().onExit().join();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
