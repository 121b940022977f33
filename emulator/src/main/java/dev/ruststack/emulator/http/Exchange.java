package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request on a connection, from its parsed head until its response is sent and its body received. */
final class Exchange implements ClientConnection {
    private final Connection connection;
    private final ClientChannel client;
    private final RequestHead head;
    private final @Nullable IncomingBody body;

    // Confined to the event loop.
    private @Nullable BodyDecoder decoder;
    private boolean continueDue;
    private boolean broken;
    private boolean closing;
    private @Nullable Thread thread;

    // Guarded by this.
    private final List<Runnable> closeActions = new ArrayList<>(0);
    private boolean clientGone;
    private boolean complete;

    Exchange(Connection connection, RequestHead head) {
        this.connection = connection;
        this.client = connection.client();
        this.head = head;
        this.continueDue = head.expectContinue();
        if (head.hasBody()) {
            this.decoder = BodyDecoder.of(head, client.context().config().maxHeaderBytes());
            this.body = new IncomingBody(
                    head.contentLength(), this::askForBody, () -> client.execute(connection::readMore));
        } else {
            this.body = null;
        }
    }

    @Override
    public @Nullable String tlsVersion() {
        return client.tlsVersion();
    }

    RequestHead head() {
        return head;
    }

    ClientChannel client() {
        return client;
    }

    /** The body that comes over the wire; null where the request has none. */
    @Nullable
    IncomingBody body() {
        return body;
    }

    void start(Thread newThread) {
        thread = newThread;
        newThread.start();
    }

    void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    // The request's body.

    /** Takes what belongs to the body out of {@code in}. */
    void receive(ByteBuf in) {
        if (decoder == null || body == null) {
            return;
        }
        continueDue &= !in.isReadable();
        try {
            if (decoder.decode(in, body)) {
                decoder = null;
            }
        } catch (MalformedRequest malformed) {
            breakOff(malformed);
        }
    }

    boolean isReceived() {
        return decoder == null;
    }

    /** Whether the rest of the body cannot be understood or will not come, so that no other request can follow. */
    boolean isBroken() {
        return broken;
    }

    boolean hasSpace() {
        return body == null || body.hasSpace();
    }

    private void breakOff(IOException cause) {
        if (decoder != null && body != null) {
            broken = true;
            body.fail(cause);
        }
    }

    /** Fails the reader where it has waited for bytes for too long. */
    void checkStall(long now, long lastRead, long limitNanos) {
        long waiting = body == null || broken ? 0 : body.waitingSince();
        if (waiting != 0 && now - Math.max(waiting, lastRead) > limitNanos) {
            breakOff(new SocketTimeoutException("the client stopped sending the request body"));
        }
    }

    private void askForBody() {
        if (head.expectContinue()) {
            client.execute(() -> {
                if (continueDue) {
                    continueDue = false;
                    var channel = client.channel();
                    var out = client.allocator().directBuffer(StatusLine.CONTINUE.length);
                    channel.writeAndFlush(out.writeBytes(StatusLine.CONTINUE), channel.voidPromise());
                }
            });
        }
    }

    // The response.

    /** Encodes the head of the response, with room for more behind it; settles whether the connection stays. */
    ByteBuf encode(ResponseHead response, int room) {
        var out = client.allocator().directBuffer(512 + room);
        decideClose(response);
        response.encode(out, head, closing);
        return out;
    }

    private void decideClose(ResponseHead response) {
        boolean endsByClose = response.hasBody() && !response.chunked() && response.contentLength() < 0;
        boolean bodyLost = decoder != null && (continueDue || broken || decoder.outstanding() > Connection.DRAIN_BYTES);
        continueDue = false;
        closing = !head.keepAlive() || response.wantsClose() || endsByClose || bodyLost;
        closing |= client.context().isStopping();
    }

    boolean isClosing() {
        return closing || broken;
    }

    // What the handler sees of the connection.

    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            if (complete) {
                return;
            }
            if (!clientGone) {
                closeActions.add(action);
                return;
            }
        }
        Thread.startVirtualThread(action);
    }

    @Override
    public synchronized boolean isOpen() {
        return !clientGone;
    }

    /** The client has closed its side: nothing more comes from it. */
    void clientGone() {
        breakOff(new EOFException("the client closed the connection within the request body"));
        List<Runnable> actions;
        synchronized (this) {
            clientGone = true;
            actions = List.copyOf(closeActions);
            closeActions.clear();
        }
        actions.forEach(Thread::startVirtualThread);
    }

    /** The response is handed to the channel. */
    void finish() {
        connection.finish(this);
    }

    /** Nothing that happens to the connection concerns the handler any more. */
    synchronized void complete() {
        complete = true;
        closeActions.clear();
    }
}
