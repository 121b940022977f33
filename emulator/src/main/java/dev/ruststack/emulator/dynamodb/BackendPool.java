package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.dynamodb.BackendConnection.Head;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections to DynamoDB Local: kept open between exchanges, and never more than it has threads for. */
final class BackendPool implements AutoCloseable {
    /** DynamoDB Local serves with 200 threads. */
    private static final int MOST = 128;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final int PATIENCE_SECONDS = 10;

    /** DynamoDB Local closes after 30 s. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    private final URI address;
    private final Semaphore connections = new Semaphore(MOST, true);
    private final ConcurrentLinkedDeque<BackendConnection> idle = new ConcurrentLinkedDeque<>();

    BackendPool(URI address) {
        this.address = address;
    }

    /** An answer whose body is still on the connection; closing it gives the connection back, if it was read whole. */
    final class Answer implements AutoCloseable {
        private final BackendConnection connection;
        private final Head head;
        private boolean whole;
        private boolean closed;

        private Answer(BackendConnection connection, Head head) {
            this.connection = connection;
            this.head = head;
        }

        Head head() {
            return head;
        }

        /** The whole body; where it ends early the client is to try again. */
        byte[] readBody() {
            try {
                var bytes = connection.readBody(head);
                whole = true;
                return bytes;
            } catch (IOException e) {
                throw DynamoDbError.SERVICE_UNAVAILABLE.error();
            }
        }

        void copyTo(OutputStream out) throws IOException {
            var buffer = new byte[32 * 1024];
            long left = head.length();
            while (left > 0) {
                int count = connection.body().read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("the answer of DynamoDB Local was cut");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
            whole = true;
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            giveBack(connection, whole && head.keepAlive());
        }
    }

    /**
     * Sends a request and reads the head of its answer.
     *
     * @throws IOException where DynamoDB Local cannot be reached, or ends in between
     */
    Answer exchange(String target, DataSet dataSet, byte[] body) throws IOException, InterruptedException {
        if (!connections.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw DynamoDbError.SERVICE_UNAVAILABLE.saying("Too many requests at a time. Retry the request.");
        }
        BackendConnection connection = null;
        Answer answer = null;
        try {
            connection = takeIdle();
            if (connection != null) {
                answer = exchangeUnlessStale(connection, target, dataSet, body);
            }
            if (answer == null) {
                connection = BackendConnection.open(address, CONNECT_TIMEOUT, READ_TIMEOUT);
                connection.send(target, dataSet, body);
                answer = answer(connection);
                if (answer == null) {
                    throw new IOException("DynamoDB Local closed the connection");
                }
            }
            return answer;
        } finally {
            if (answer == null) {
                if (connection != null) {
                    connection.close();
                }
                connections.release();
            }
        }
    }

    /** Null where the connection had been closed while it was idle; the request has then not been seen. */
    private @Nullable Answer exchangeUnlessStale(
            BackendConnection connection, String target, DataSet dataSet, byte[] body) throws IOException {
        Answer answer = null;
        try {
            connection.send(target, dataSet, body);
            answer = answer(connection);
        } catch (SocketException e) {
            // As good as closed.
        }
        if (answer == null) {
            connection.close();
        }
        return answer;
    }

    private @Nullable Answer answer(BackendConnection connection) throws IOException {
        var head = connection.receive();
        return head == null ? null : new Answer(connection, head);
    }

    private @Nullable BackendConnection takeIdle() {
        while (true) {
            var connection = idle.pollFirst();
            if (connection == null || connection.idle().compareTo(LONGEST_IDLE) < 0) {
                return connection;
            }
            connection.close();
        }
    }

    private void giveBack(BackendConnection connection, boolean reusable) {
        if (reusable) {
            connection.used();
            idle.addFirst(connection);
        } else {
            connection.close();
        }
        connections.release();
    }

    /** Closes the idle connections. */
    @Override
    public void close() {
        for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
