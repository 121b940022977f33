package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: parses a request, has a {@link Responder} answer it, and parses the next one only when that
 * is done. Reads from the socket only what it has room for. Confined to its event loop where nothing else is said.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** How much of an unread body is read over so that the connection can stay. */
    static final int DRAIN_BYTES = 1024 * 1024;

    /** How far a client may send ahead while its request is being answered. */
    private static final int PIPELINE_BYTES = 16 * 1024;

    private enum Phase {
        /** Waits for a request head, or has a part of one. */
        HEAD,
        /** A handler works on a request, or its response is being sent. */
        EXCHANGE,
        /** The response is sent; the rest of the request's body is read over. */
        DRAINING,
        /** The last response is sent. */
        ENDING
    }

    private final Worker worker;
    private final SocketChannel channel;
    private final ClientChannel client;
    private final ServerContext context;
    private final InputBuffer input;
    private final OutputProgress output = new OutputProgress();
    private Phase phase = Phase.HEAD;
    private @Nullable Exchange exchange;
    private boolean inputClosed;
    private long drained;
    private long lastRead = System.nanoTime();
    private long headStarted;

    Connection(Worker worker, SocketChannel channel) {
        this.worker = worker;
        this.channel = channel;
        this.context = worker.context();
        this.client = new ClientChannel(channel, context);
        this.input = new InputBuffer(worker.parser(), channel.alloc());
    }

    ClientChannel client() {
        return client;
    }

    // Input.

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        worker.add(this);
        boolean withinLimit = context.opened();
        if (context.isStopping()) {
            channel.close();
        } else if (withinLimit) {
            readMore();
        } else {
            refuse(503, "too many connections");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var in = (ByteBuf) message;
        lastRead = System.nanoTime();
        switch (phase) {
            case HEAD -> {
                input.append(in);
                parse();
            }
            case EXCHANGE, DRAINING -> receive(in);
            case ENDING -> in.release();
        }
    }

    private void receive(ByteBuf in) {
        var current = exchange;
        if (current == null || current.isBroken()) {
            in.release();
            return;
        }
        int before = in.readableBytes();
        current.receive(in);
        drained += before - in.readableBytes();
        if (in.isReadable() && !current.isBroken()) {
            input.append(in);
        } else {
            in.release();
        }
        if (phase == Phase.DRAINING) {
            drain(current);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        readMore();
    }

    /** Asks the socket for more where there is room for it. */
    void readMore() {
        var current = exchange;
        boolean room = switch (phase) {
            case HEAD -> channel.isWritable() || input.size() < PIPELINE_BYTES;
            case EXCHANGE -> current != null && awaitsBody() ? current.hasSpace() : input.size() < PIPELINE_BYTES;
            case DRAINING -> true;
            case ENDING -> false;
        };
        if (room && !inputClosed) {
            channel.read();
        }
    }

    private boolean awaitsBody() {
        return exchange != null && !exchange.isReceived() && !exchange.isBroken();
    }

    private void parse() {
        if (!channel.isWritable()) {
            return;
        }
        try {
            var head = input.nextHead();
            if (head != null) {
                begin(head);
            } else if (!input.isEmpty() && headStarted == 0) {
                headStarted = lastRead;
            }
        } catch (MalformedRequest malformed) {
            refuse(malformed.status(), malformed.getMessage());
        }
    }

    private void begin(RequestHead head) {
        var next = new Exchange(this, head);
        phase = Phase.EXCHANGE;
        headStarted = 0;
        exchange = next;
        next.receive(input.bytes());
        input.trim();
        if (inputClosed) {
            next.clientGone();
        }
        var responder = new Responder(next);
        if (!(next.isReceived() && responder.isTaken())) {
            next.start(context.threads().newThread(responder));
        }
    }

    /** The client sends nothing more, but may still read. */
    private void closeInput() {
        if (inputClosed) {
            return;
        }
        inputClosed = true;
        switch (phase) {
            case HEAD -> closeAfterOutput();
            case EXCHANGE -> {
                if (exchange != null) {
                    exchange.clientGone();
                }
            }
            case DRAINING -> channel.close();
            case ENDING -> {}
        }
    }

    // Output.

    /** The response is handed to the channel; its last bytes may wait there for the client. */
    void finish(Exchange current) {
        current.complete();
        if (phase != Phase.EXCHANGE) {
            return;
        }
        drained = 0;
        if (current.isClosing()) {
            end(current.isReceived() && input.isEmpty());
        } else {
            phase = Phase.DRAINING;
            drain(current);
        }
    }

    private void drain(Exchange current) {
        if (current.isReceived()) {
            next();
        } else if (inputClosed || current.isBroken() || drained > DRAIN_BYTES) {
            end(false);
        } else {
            readMore();
        }
    }

    private void next() {
        phase = Phase.HEAD;
        exchange = null;
        lastRead = System.nanoTime();
        if (!input.isEmpty()) {
            parse();
        }
        if (phase == Phase.HEAD && (inputClosed || (context.isStopping() && input.isEmpty()))) {
            closeAfterOutput();
        } else {
            readMore();
        }
    }

    /** Answers what is no request; the connection closes. */
    private void refuse(int status, @Nullable String message) {
        var body = (message + "\n").getBytes(StandardCharsets.UTF_8);
        var response = Response.of(status, "text/plain; charset=utf-8", Body.of(body));
        var out = channel.alloc().directBuffer(512);
        ResponseHead.of(response, RequestHead.UNKNOWN).encode(out, RequestHead.UNKNOWN, true);
        out.writeBytes(body);
        channel.write(out, channel.voidPromise());
        end(false);
    }

    /** Ends the connection, and so that the client can read the last response even while it still sends. */
    private void end(boolean inputComplete) {
        input.drop();
        exchange = null;
        if (inputComplete || inputClosed) {
            closeAfterOutput();
        } else {
            phase = Phase.ENDING;
            LingeringClose.takeOver(channel, channel.pipeline().context(this));
        }
    }

    private void closeAfterOutput() {
        phase = Phase.ENDING;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        client.gate().signal();
        if (phase == Phase.HEAD && channel.isWritable()) {
            parse();
            readMore();
        }
    }

    // Ends.

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            closeInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.ENDING;
        input.drop();
        if (exchange != null) {
            exchange.clientGone();
        }
        client.gate().signal();
        worker.remove(this);
        context.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            log.debug("connection of {} failed", client.remote(), cause);
        } else {
            log.warn("connection of {} failed", client.remote(), cause);
        }
        channel.close();
    }

    /** Enforces the time limits; called again and again. */
    void check(long now) {
        var config = context.config();
        long idle = config.idleTimeout().toNanos();
        if (output.isStalled(channel, now, idle)) {
            channel.close();
            return;
        }
        switch (phase) {
            case HEAD -> {
                if (headStarted != 0 && now - headStarted > config.headTimeout().toNanos()) {
                    refuse(408, "the request head took too long");
                } else if (headStarted == 0 && now - Math.max(lastRead, output.lastBusy()) > idle) {
                    channel.close();
                }
            }
            case EXCHANGE -> {
                if (exchange != null) {
                    exchange.checkStall(now, lastRead, idle);
                }
            }
            case DRAINING -> {
                if (now - lastRead > idle) {
                    channel.close();
                }
            }
            case ENDING -> {}
        }
    }

    /** Closes as soon as nothing is under way. */
    void stop() {
        if (phase == Phase.HEAD && input.isEmpty()) {
            closeAfterOutput();
        }
    }

    /** Closes now. */
    void kill() {
        if (exchange != null) {
            exchange.interrupt();
        }
        channel.close();
    }
}
