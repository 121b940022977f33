package dev.ruststack.emulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client may still send: closes only the output, and reads over the input until the client
 * closes too. Closing at once would reset the connection, and that takes a response away that the client has not read.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SocketChannel channel;
    private final long started = System.nanoTime();
    private long lastRead = started;

    private LingeringClose(SocketChannel channel) {
        this.channel = channel;
    }

    /** Takes the connection over, in front of {@code handler}, which is told no more than that it became inactive. */
    static void takeOver(SocketChannel channel, ChannelHandlerContext handler) {
        var lingering = new LingeringClose(channel);
        channel.pipeline().addBefore(handler.name(), "linger", lingering);
        lingering.closeOutput().addListener(flushed -> channel.shutdownOutput());
        lingering.scheduleCheck();
        channel.read();
    }

    private ChannelFuture closeOutput() {
        var tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    }

    private void scheduleCheck() {
        var ignored = channel.eventLoop().schedule(this::check, SILENCE_NANOS, TimeUnit.NANOSECONDS);
    }

    private void check() {
        long now = System.nanoTime();
        if (now - started >= LONGEST_NANOS || now - lastRead >= SILENCE_NANOS) {
            channel.close();
        } else if (channel.isOpen()) {
            scheduleCheck();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        lastRead = System.nanoTime();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        channel.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            channel.close();
        }
    }
}
