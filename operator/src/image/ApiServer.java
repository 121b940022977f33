import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * As much of a Kubernetes API server as the operator asks of one in its first seconds: lists with one small stack in
 * them, watches in which nothing happens, objects that are taken as they are sent. Ends when the stack's status was
 * written and nothing is asked any more. On sockets, since watches are WebSockets.
 *
 * <p>{@code java ApiServer.java KUBECONFIG} writes that file once it listens.
 */
final class ApiServer {
    private static final int QUIET_SECONDS = 2;
    private static final int LONGEST_SECONDS = 60;
    private static final String LISTS =
            "ruststacks|deployments|services|secrets|configmaps|pods|persistentvolumeclaims|ingresses|networkpolicies|httproutes|events";
    private static final String LIST =
            """
            {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [%s]}
            """;
    private static final String NOT_FOUND =
            """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
            """;
    private static final String STACK =
            """
            {"apiVersion": "ruststack.dev/v1alpha1", "kind": "RustStack",
             "metadata": {"name": "training", "namespace": "training", "uid": "1", "resourceVersion": "1",
                          "generation": 1, "creationTimestamp": "2026-01-01T00:00:00Z"},
             "spec": {"buckets": [{"name": "training", "objects": [{"key": "a", "content": {"text": "a"}}]}],
                      "tables": [{"name": "training",
                                  "attributeDefinitions": [{"attributeName": "id", "attributeType": "S"}],
                                  "keySchema": [{"attributeName": "id", "keyType": "HASH"}]}],
                      "functions": [{"name": "training", "runtime": "python3.13", "handler": "a.b",
                                     "code": {"files": {"a.py": "def b(event, context): return event"}}}],
                      "restApis": [{"name": "training",
                                    "routes": [{"path": "/", "method": "ANY", "function": "training"}]}]}}
            """;
    private static final Semaphore REQUESTS = new Semaphore(0);
    private static final CountDownLatch RECONCILED = new CountDownLatch(1);

    private record Request(String method, String target, Map<String, String> headers, byte[] body) {}

    private ApiServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(listener));
        Files.writeString(
                Path.of(arguments[0]),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: training, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: training, user: {token: training}}]
                contexts: [{name: training, context: {cluster: training, user: training}}]
                current-context: training
                """
                        .formatted(listener.getLocalPort()));
        var reconciled = RECONCILED.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < LONGEST_SECONDS && REQUESTS.tryAcquire(QUIET_SECONDS, TimeUnit.SECONDS); i++) {
            REQUESTS.drainPermits();
        }
        System.exit(reconciled ? 0 : 1);
    }

    private static void accept(ServerSocket listener) {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var request = read(in); request != null; request = read(in)) {
                REQUESTS.release();
                System.out.println(request.method + " " + request.target + " " + request.body.length);
                if ("websocket".equalsIgnoreCase(request.headers.get("upgrade"))) {
                    var head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accepted(request.headers.get("sec-websocket-key")) + "\r\n\r\n";
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                    return;
                }
                socket.getOutputStream().write(answer(request));
                if (request.target.contains("/training/status")) {
                    RECONCILED.countDown();
                }
            }
        } catch (IOException | NoSuchAlgorithmException e) {
            System.out.println(e);
        }
    }

    private static String accepted(String key) throws NoSuchAlgorithmException {
        var text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] answer(Request request) throws IOException {
        var path = request.target.replaceFirst("\\?.*", "");
        var last = path.substring(path.lastIndexOf('/') + 1);
        return switch (request.method) {
            case "GET" ->
                last.matches(LISTS)
                        ? message("200 OK", LIST.formatted(last.equals("ruststacks") ? STACK : "").getBytes())
                        : message("404 Not Found", NOT_FOUND.getBytes());
            case "POST" -> message("201 Created", request.body);
            default -> message("200 OK", request.body);
        };
    }

    private static byte[] message(String status, byte[] body) throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        all.write(("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes());
        all.write(body);
        return all.toByteArray();
    }

    private static Request read(InputStream in) throws IOException {
        var start = line(in);
        if (start.isEmpty()) {
            return null;
        }
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(), line.substring(colon + 1).strip());
        }
        var words = start.split(" ");
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(words[0], words[1], headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
