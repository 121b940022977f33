package dev.ruststack.emulator.dynamodb;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to DynamoDB Local, for one exchange at a time. Blocking: the callers are virtual threads, and
 * nothing but the socket stands between them and DynamoDB Local, which halves the cost of a small request against a
 * client with threads of its own.
 */
final class BackendConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 8192;

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private volatile long lastUsed = System.nanoTime();

    private BackendConnection(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.host = host;
    }

    static BackendConnection open(URI address, Duration connectTimeout, Duration readTimeout) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) readTimeout.toMillis());
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), (int) connectTimeout.toMillis());
            return new BackendConnection(socket, address.getAuthority());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The head of an answer; its body follows on {@link #body}. */
    record Head(int status, long length, @Nullable String crc32, boolean keepAlive) {}

    /** Sends a whole request. Fails with {@link SocketException} where the other end has closed. */
    void send(String target, DataSet dataSet, byte[] body) throws IOException {
        var head = "POST / HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: " + target
                + "\r\nAuthorization: " + dataSet.authorization()
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        var out = socket.getOutputStream();
        var headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
        if (body.length <= 16 * 1024) {
            var whole = new byte[headBytes.length + body.length];
            System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
            System.arraycopy(body, 0, whole, headBytes.length, body.length);
            out.write(whole);
        } else {
            out.write(headBytes);
            out.write(body);
        }
    }

    /** Reads the head of an answer; null where the connection ended before its first byte. */
    @Nullable
    Head receive() throws IOException {
        var statusLine = firstLine();
        if (statusLine == null) {
            return null;
        }
        if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
            throw new IOException("not an HTTP answer: " + statusLine);
        }
        int status = Integer.parseInt(statusLine, 9, 12, 10);
        long length = -1;
        String crc32 = null;
        boolean keepAlive = true;
        for (var line = requiredLine(); !line.isEmpty(); line = requiredLine()) {
            int colon = line.indexOf(':');
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Long.parseLong(value);
                case "x-amz-crc32" -> crc32 = value;
                case "connection" -> keepAlive = !value.equalsIgnoreCase("close");
                default -> {
                    // Of no use here.
                }
            }
        }
        if (length < 0) {
            throw new IOException("an answer without Content-Length");
        }
        return new Head(status, length, crc32, keepAlive);
    }

    /** The connection's bytes: exactly the announced number of them is the body. */
    InputStream body() {
        return in;
    }

    byte[] readBody(Head head) throws IOException {
        var bytes = in.readNBytes(Math.toIntExact(head.length()));
        if (bytes.length < head.length()) {
            throw new EOFException("the answer of DynamoDB Local was cut");
        }
        return bytes;
    }

    private @Nullable String firstLine() throws IOException {
        in.mark(1);
        try {
            if (in.read() < 0) {
                return null;
            }
        } catch (SocketException e) {
            return null;
        }
        in.reset();
        return line();
    }

    private String requiredLine() throws IOException {
        var line = line();
        if (line == null) {
            throw new EOFException("the answer of DynamoDB Local was cut");
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        var bytes = new ByteArrayOutputStream(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new EOFException("the answer of DynamoDB Local was cut");
            }
            if (bytes.size() == LONGEST_LINE) {
                throw new IOException("a header line that is too long");
            }
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns never: throws where the other end closes, or the read timeout passes. */
    void awaitEnd() throws IOException {
        if (in.read() < 0) {
            throw new EOFException("DynamoDB Local closed the connection");
        }
        throw new IOException("DynamoDB Local spoke without being asked");
    }

    void used() {
        lastUsed = System.nanoTime();
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    void readTimeout(Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is all that is asked.
        }
    }
}
