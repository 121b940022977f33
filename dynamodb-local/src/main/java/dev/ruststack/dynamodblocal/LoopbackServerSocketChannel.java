package dev.ruststack.dynamodblocal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server socket channel on 127.0.0.1, on the port that the system property {@code ruststack.port} names (0, the
 * default, takes a free one), whatever it is told to bind to. It accepts with blocking calls only: a selector would
 * refuse it.
 */
final class LoopbackServerSocketChannel extends ServerSocketChannel {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocketChannel channel;

    LoopbackServerSocketChannel(SelectorProvider provider, ServerSocketChannel channel) {
        super(provider);
        this.channel = channel;
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        var address =
                new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), Integer.getInteger("ruststack.port", 0));
        channel.bind(address, backlog);
        System.out.println("ruststack: listening on " + channel.socket().getLocalPort());
        return this;
    }

    @Override
    public SocketChannel accept() throws IOException {
        return channel.accept();
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return channel.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel.supportedOptions();
    }

    @Override
    public ServerSocket socket() {
        return channel.socket();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        channel.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        channel.configureBlocking(block);
    }
}
