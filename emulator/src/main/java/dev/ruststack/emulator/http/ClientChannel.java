package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a {@link Connection} that any thread may use. */
final class ClientChannel {
    private static final Logger log = LoggerFactory.getLogger(ClientChannel.class);

    private final SocketChannel channel;
    private final ServerContext context;
    private final WriteGate gate;
    private volatile boolean secure;

    ClientChannel(SocketChannel channel, ServerContext context) {
        this.channel = channel;
        this.context = context;
        this.gate = new WriteGate(channel);
    }

    SocketChannel channel() {
        return channel;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    ServerContext context() {
        return context;
    }

    WriteGate gate() {
        return gate;
    }

    void becomeSecure() {
        secure = true;
    }

    /** Whether it speaks TLS; settled before the first request. */
    boolean isSecure() {
        return secure;
    }

    /** The version of TLS, such as {@code 1.3}; null where there is none. */
    @Nullable
    String tlsVersion() {
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        var protocol = tls.engine().getSession().getProtocol();
        return protocol.startsWith("TLSv") ? protocol.substring("TLSv".length()) : protocol;
    }

    InetSocketAddress remote() {
        var remote = channel.remoteAddress();
        return remote == null ? InetSocketAddress.createUnresolved("unknown", 0) : remote;
    }

    /** Runs a task on the event loop, after earlier ones of the same thread; whether it still can. */
    boolean execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }

    /** Whether the kernel can send it: only the JDK's own channels, and only in the clear. */
    boolean canSendFile(Body.FileRange range) {
        return !secure && range.file().getClass().getModule() == Object.class.getModule();
    }

    /** Closes with a reset, so that the client cannot take what it got for the whole. */
    void abort() {
        try {
            channel.config().setSoLinger(0);
        } catch (ChannelException alreadyClosed) {
            log.trace("closed already", alreadyClosed);
        }
        channel.close();
    }
}
