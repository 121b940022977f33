package dev.ruststack.emulator.s3.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.ruststack.emulator.s3.S3Fixture;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * An S3 that takes requests without a signature, to which anything may be sent. Every answer is looked at: it is HTTP,
 * tells nothing of the program's inside and is no 500. At the end S3 still works, and nothing is left open: no file, no
 * buffer, no connection, no thread.
 */
final class FuzzedS3 implements BeforeAllCallback, AfterAllCallback {
    static final String BUCKET = "fuzzed";

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_ANSWER_BYTES = 4 << 20;
    private static final Pattern INSIDE =
            Pattern.compile("\\b(?:java|javax|jdk|sun)\\.[a-z]+\\.|dev\\.ruststack|io\\.netty"
                    + "|tools\\.jackson|com\\.fasterxml|com\\.ctc|\\tat |NullPointer|ClassCast|OutOfBounds|NumberFormatE"
                    + "|IllegalArgumentE|IllegalStateE|IOException|\\.java:\\d");
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r]");

    private final S3Fixture s3 = S3Fixture.permissive();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();
    private long filesBefore;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + " " + records));
        s3.beforeAll(context);
        s3.client().createBucket(r -> r.bucket(BUCKET));
        s3.put(BUCKET, "key", "text");
        assertWorks();
        filesBefore = openFiles();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            assertWorks();
            assertNothingIsLeft();
        } finally {
            ResourceLeakDetector.setLevel(levelBefore);
            ByteBufUtil.setLeakListener(null);
            s3.afterAll(context);
        }
    }

    S3Fixture s3() {
        return s3;
    }

    /** What came back: nothing, where S3 only closed the connection. */
    record Answer(byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        /** The status of the first answer; 0 where there is none. */
        int status() {
            return bytes.length == 0 ? 0 : Integer.parseInt(text().substring(9, 12));
        }

        /** The body of the only answer. */
        byte[] body() {
            int end = text().indexOf("\r\n\r\n");
            return java.util.Arrays.copyOfRange(bytes, end + 4, bytes.length);
        }

        /** The value of a header of the first answer, empty where it is absent. */
        String header(String name) {
            return text().lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends bytes, ends its side, and reads until S3 closes. */
    Answer send(byte[] bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), s3.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // S3 has answered and closed before everything was sent.
            }
            var answer = new Answer(read(socket));
            check(answer);
            return answer;
        }
    }

    /** Sends bytes and goes away without reading. */
    void sendAndLeave(byte[] bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), s3.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // S3 was first.
        }
    }

    /** A request with a body and its digest. */
    Answer send(String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        var all = new LinkedHashMap<String, String>();
        all.put("Host", "127.0.0.1");
        all.put("Connection", "close");
        if (body.length > 0 || method.equals("PUT") || method.equals("POST")) {
            all.put("Content-Length", Integer.toString(body.length));
        }
        all.putAll(headers);
        return send(request(method + " " + target + " HTTP/1.1", all, body));
    }

    static byte[] request(String line, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder(line).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[16 * 1024];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0 && out.size() < MOST_ANSWER_BYTES;
                    n = socket.getInputStream().read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (SocketException e) {
            // Reset after the answer: what had not been read of the request was dropped.
        }
        return out.toByteArray();
    }

    private static void check(Answer answer) {
        var text = answer.text();
        if (text.isEmpty()) {
            return;
        }
        var status = STATUS_LINE.matcher(text);
        assertThat(status.lookingAt()).as("HTTP: %s", text).isTrue();
        assertThat(INSIDE.matcher(text).find())
                .as("nothing of the program's inside: %s", text)
                .isFalse();
        status.reset();
        while (status.find()) {
            assertThat(status.group(1)).as(text).isNotEqualTo("500");
        }
    }

    private void assertWorks() throws IOException {
        var name = s3.bucket();
        s3.put(name, "after", "still here");
        assertThat(s3.client()
                        .getObjectAsBytes(r -> r.bucket(name).key("after"))
                        .asUtf8String())
                .isEqualTo("still here");
    }

    private void assertNothingIsLeft() {
        await("connections and files are closed").atMost(PATIENCE).until(() -> openFiles() <= filesBefore + 2);
        await("no request is worked on").atMost(PATIENCE).until(() -> !threads().contains("emulator.http.Responder"));
        empty();
        await("files of objects are gone")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(blobs()).isEmpty());
        for (int i = 0; i < 5; i++) {
            System.gc();
            s3.bucket();
        }
        assertThat(leaks).as("buffers").isEmpty();
    }

    private void empty() {
        var client = s3.client();
        for (var bucket : client.listBuckets().buckets()) {
            var name = bucket.name();
            client.listMultipartUploads(r -> r.bucket(name).encodingType(EncodingType.URL))
                    .uploads()
                    .forEach(upload -> client.abortMultipartUpload(
                            r -> r.bucket(name).key(upload.key()).uploadId(upload.uploadId())));
            for (var page :
                    client.listObjectVersionsPaginator(r -> r.bucket(name).encodingType(EncodingType.URL))) {
                page.versions()
                        .forEach(each -> client.deleteObject(
                                r -> r.bucket(name).key(each.key()).versionId(each.versionId())));
            }
        }
    }

    private List<Path> blobs() throws IOException {
        try (var files = Files.walk(s3.directory())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** Every thread, virtual ones included, with its stack. */
    private static String threads() throws IOException {
        var file = Files.createTempDirectory("threads").resolve("dump");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }
}
