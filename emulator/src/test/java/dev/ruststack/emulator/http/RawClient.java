package dev.ruststack.emulator.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes a test wants and reads responses one by one. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        this(new Socket(HttpFixture.HOST, port));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    record Reply(int status, String head, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The value of a header, empty where it is absent. */
        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Socket socket() {
        return socket;
    }

    /** Reads one response to a request other than HEAD. */
    Reply receive() throws IOException {
        var head = receiveHead();
        int status = Integer.parseInt(head.substring(9, 12));
        var bare = new Reply(status, head, new byte[0]);
        if (status < 200 || status == 204 || status == 304) {
            return bare;
        }
        if (bare.header("Transfer-Encoding").equals("chunked")) {
            return new Reply(status, head, chunks());
        }
        var length = bare.header("Content-Length");
        var in = socket.getInputStream();
        return new Reply(status, head, length.isEmpty() ? in.readAllBytes() : exactly(in, Integer.parseInt(length)));
    }

    /** Reads up to the empty line behind a head. */
    String receiveHead() throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) next());
        }
        return new String(head.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            body.write(exactly(socket.getInputStream(), size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int b = next(); b != '\r'; b = next()) {
            line.append((char) b);
        }
        next();
        return line.toString();
    }

    private int next() throws IOException {
        int b = socket.getInputStream().read();
        if (b < 0) {
            throw new EOFException("the server closed the connection");
        }
        return b;
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        var bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the body was cut after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    /** Whether the server has closed, with nothing more to read. */
    boolean isClosedByServer() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
