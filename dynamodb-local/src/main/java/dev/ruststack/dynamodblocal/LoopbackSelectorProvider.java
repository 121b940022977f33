package dev.ruststack.dynamodblocal;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * The JDK's selector provider, but for server sockets: they bind to loopback whatever address they are given, and print
 * their port. DynamoDB Local has no option for its address and would listen to the whole network without asking for
 * credentials; and it refuses port 0, the only one that cannot be taken. Put in place by {@code -Djava.nio.channels.spi.SelectorProvider}; the JVM needs
 * {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED}.
 */
public final class LoopbackSelectorProvider extends SelectorProvider {
    private final SelectorProvider jdk;

    public LoopbackSelectorProvider() throws ReflectiveOperationException {
        jdk = (SelectorProvider) Class.forName("sun.nio.ch.DefaultSelectorProvider")
                .getMethod("get")
                .invoke(null);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return new LoopbackServerSocketChannel(this, jdk.openServerSocketChannel());
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return jdk.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return jdk.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return jdk.openSelector();
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return jdk.openSocketChannel();
    }
}
