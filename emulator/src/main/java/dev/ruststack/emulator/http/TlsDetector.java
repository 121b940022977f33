package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells TLS from plain HTTP by the first byte of a connection, and is gone after it. */
final class TlsDetector extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(TlsDetector.class);

    /** The content type of a TLS record that starts a handshake (RFC 8446 5.1); no HTTP method starts with it. */
    private static final byte HANDSHAKE = 22;

    private final ClientChannel client;
    private final TlsContext tls;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(1);

    TlsDetector(ClientChannel client, TlsContext tls) {
        this.client = client;
        this.tls = tls;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var in = (ByteBuf) message;
        if (!held.isEmpty()) {
            held.add(in);
        } else if (in.getByte(in.readerIndex()) == HANDSHAKE) {
            held.add(in);
            client.becomeSecure();
            tls.get()
                    .whenComplete((context, failure) -> client.execute(() -> {
                        if (!ctx.isRemoved()) {
                            secure(ctx, context, failure);
                        }
                    }));
        } else {
            ctx.fireChannelRead(in);
            ctx.pipeline().remove(this);
        }
    }

    /** While the certificate is on its way nobody asks for more bytes. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (held.isEmpty()) {
            ctx.fireChannelReadComplete();
        }
    }

    private void secure(ChannelHandlerContext ctx, @Nullable SslContext context, @Nullable Throwable failure) {
        if (context == null) {
            log.error("no certificate for TLS", failure);
            ctx.close();
            return;
        }
        var handler = context.newHandler(ctx.alloc(), TlsContext.COMPUTING);
        handler.setHandshakeTimeoutMillis(
                client.context().config().headTimeout().toMillis());
        ctx.pipeline().addAfter(ctx.name(), "tls", handler);
        for (var in = held.poll(); in != null; in = held.poll()) {
            ctx.fireChannelRead(in);
        }
        ctx.fireChannelReadComplete();
        ctx.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ByteBuf::release);
        held.clear();
    }
}
