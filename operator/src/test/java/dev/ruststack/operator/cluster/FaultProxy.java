package dev.ruststack.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Stands between an operator and its API server, in plain HTTP/1.1, and does something to one of its writes. What it
 * counts are requests that change something, in the namespace that is watched.
 */
final class FaultProxy implements AutoCloseable {
    /** What happens to the write. */
    enum Fault {
        NONE,
        /** Nothing of the operator gets through any more, this write included: it was killed before it. */
        DEAD_BEFORE,
        /** The write is done, and nothing else gets through any more, its answer included: it was killed after it. */
        DEAD_AFTER,
        CONFLICT,
        SERVER_ERROR,
        /** Nobody answers, and nothing is done. */
        LOST_REQUEST,
        /** Done, but nobody says so. */
        LOST_ANSWER
    }

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final ServerSocket listener;
    private final int server;
    private final String namespace;
    private final Fault fault;
    private final int number;
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch happened = new CountDownLatch(1);
    private volatile boolean dead;

    /**
     * @param server port of the API server
     * @param number which write, counted from 1
     */
    FaultProxy(int server, String namespace, Fault fault, int number) throws IOException {
        this.server = server;
        this.namespace = namespace;
        this.fault = fault;
        this.number = number;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** As if the API server were here. */
    Config config(ApiServer behind) {
        var config = behind.config();
        config.setMasterUrl("http://127.0.0.1:" + listener.getLocalPort());
        config.setHttp2Disable(true);
        return config;
    }

    /** Every write so far: method and path. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    /** Whether the fault came about in that time; there may be no such write. */
    boolean awaitFault(long milliseconds) throws InterruptedException {
        return happened.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Cuts everything, for good. */
    void die() {
        dead = true;
        happened.countDown();
        sockets.forEach(FaultProxy::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var upstream = connect()) {
            sockets.add(upstream);
            Thread.ofVirtual().start(() -> pump(upstream, client));
            var in = new BufferedInputStream(client.getInputStream());
            while (!dead && forward(in, client, upstream)) {
                continue;
            }
        } catch (IOException cut) {
            // As the operator sees it.
        } finally {
            sockets.remove(client);
        }
    }

    private Socket connect() throws IOException {
        if (dead) {
            throw new IOException("dead");
        }
        return trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server);
    }

    /** One request; false where the connection ends. */
    private boolean forward(InputStream in, Socket client, Socket upstream) throws IOException {
        var head = head(in);
        if (head.isEmpty()) {
            return false;
        }
        var request = head.getFirst().split(" ");
        var headers = headers(head);
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        var isWrite = WRITES.contains(request[0]) && request[1].contains("/namespaces/" + namespace + "/");
        if (isWrite && isTheOne(request[0] + " " + request[1].replaceFirst("\\?.*", ""))) {
            return fail(head, body, client, upstream);
        }
        send(head, body, upstream.getOutputStream());
        if (headers.containsKey("upgrade")) {
            in.transferTo(upstream.getOutputStream());
            return false;
        }
        return true;
    }

    private synchronized boolean isTheOne(String write) {
        writes.add(write);
        return fault != Fault.NONE && writes.size() == number;
    }

    private boolean fail(List<String> head, byte[] body, Socket client, Socket upstream) throws IOException {
        switch (fault) {
            case NONE -> throw new IllegalStateException();
            case DEAD_BEFORE -> die();
            case DEAD_AFTER -> {
                done(head, body);
                die();
            }
            case CONFLICT -> answer(client.getOutputStream(), 409, "Conflict");
            case SERVER_ERROR -> answer(client.getOutputStream(), 500, "InternalError");
            case LOST_REQUEST -> silence(client);
            case LOST_ANSWER -> {
                done(head, body);
                silence(client);
            }
        }
        happened.countDown();
        return !dead && (fault == Fault.CONFLICT || fault == Fault.SERVER_ERROR);
    }

    /** Has the write done over a connection of its own, to the end of its answer. */
    private void done(List<String> head, byte[] body) throws IOException {
        try (var other = trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server)) {
            send(head, body, other.getOutputStream());
            var in = new BufferedInputStream(other.getInputStream());
            head(in);
        }
    }

    /** Until the operator gives up. */
    private static void silence(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void answer(OutputStream out, int code, String reason) throws IOException {
        var status = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d,"
                        .formatted(reason, code)
                + "\"message\":\"made by a test\"}";
        out.write("HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(code, status.length(), status)
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void send(List<String> head, byte[] body, OutputStream out) throws IOException {
        out.write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static List<String> head(InputStream in) throws IOException {
        var lines = new CopyOnWriteArrayList<String>();
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            var text = line.toString().stripTrailing();
            line.setLength(0);
            if (text.isEmpty()) {
                return lines;
            }
            lines.add(text);
        }
        return List.of();
    }

    private static Map<String, String> headers(List<String> head) {
        var headers = new TreeMap<String, String>();
        head.stream().skip(1).forEach(line -> {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        return headers;
    }

    private static void pump(Socket from, Socket to) {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // As the operator sees it.
        }
    }

    private static SSLContext trusting() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // So it is.
        }
    }

    @Override
    public void close() throws IOException {
        die();
        listener.close();
    }
}
