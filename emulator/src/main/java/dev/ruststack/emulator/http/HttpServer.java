package dev.ruststack.emulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on one port: Netty moves the bytes, a virtual thread for each request runs the
 * {@link ExchangeHandler}. RFC 9110, RFC 9112.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    private static final int LARGEST_READ = 64 * 1024;
    private static final int READS_AT_ONCE = 4;
    private static final long KILL_MILLIS = 2000;

    private final ServerContext context;
    private final EventLoopGroup loops;
    private final Map<EventLoop, Worker> workers = new ConcurrentHashMap<>();
    private final Channel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpServer(ServerContext context) throws IOException {
        this.context = context;
        this.loops = EventLoops.acquire();
        try {
            this.channel = bind();
        } catch (IOException | RuntimeException notBound) {
            EventLoops.release();
            throw notBound;
        }
    }

    /** Binds the port and serves; throws {@link java.net.BindException} naming address and port where it is taken. */
    public static HttpServer start(HttpServerConfig config, ExchangeHandler handler) throws IOException {
        return new HttpServer(new ServerContext(config, handler));
    }

    private Channel bind() throws IOException {
        var config = context.config();
        var address = new InetSocketAddress(config.host(), config.port());
        var serverChannel = EventLoops.serverChannel();
        var bound = new ServerBootstrap()
                .group(loops)
                .channelFactory(serverChannel::get)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.ALLOCATOR, EventLoops.allocator())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(512, 2048, LARGEST_READ).maxMessagesPerRead(READS_AT_ONCE))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        accept(child);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bindException(config, bound.cause());
        }
        return bound.channel();
    }

    private static BindException bindException(HttpServerConfig config, Throwable cause) {
        var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        var exception = new BindException("cannot listen on " + config.host() + ":" + config.port() + ": " + reason);
        exception.initCause(cause);
        return exception;
    }

    private void accept(SocketChannel child) {
        var worker = workers.computeIfAbsent(child.eventLoop(), loop -> new Worker(context, loop));
        var connection = new Connection(worker, child);
        var tls = context.tls();
        if (tls != null) {
            child.pipeline().addLast(new TlsDetector(connection.client(), tls));
        }
        child.pipeline().addLast(connection);
    }

    /** The port that was bound. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Stops accepting, lets running requests finish within the drain time, closes every connection. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        channel.close().awaitUninterruptibly();
        context.stop();
        onEveryWorker(Worker::stop);
        try {
            if (!context.awaitDrained(context.config().drainTimeout().toMillis())) {
                log.warn(
                        "{}: connections are still busy, closing them",
                        context.config().name());
                onEveryWorker(Worker::kill);
                context.awaitDrained(KILL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            onEveryWorker(Worker::kill);
        }
        EventLoops.release();
    }

    private void onEveryWorker(Consumer<Worker> action) {
        workers.forEach((loop, worker) -> loop.execute(() -> action.accept(worker)));
    }
}
