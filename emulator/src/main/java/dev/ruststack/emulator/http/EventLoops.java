package dev.ruststack.emulator.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.function.Supplier;

/** The transport: epoll where the machine has it, else NIO; few threads and a small pool of buffers. */
final class EventLoops {
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    private static final int PAGE_BYTES = 8 * 1024;
    private static final int CHUNK_PAGES_LOG2 = 6;

    /** Chunks of 512 KiB, as idle memory counts here; heap buffers are not pooled, as few are made. */
    private static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 0, Math.min(THREADS, 2), PAGE_BYTES, CHUNK_PAGES_LOG2, 64, 32, false);

    private EventLoops() {}

    static ByteBufAllocator allocator() {
        return ALLOCATOR;
    }

    /** Event loops whose threads start when they are first used. */
    static EventLoopGroup start(String name) {
        IoHandlerFactory factory = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(THREADS, new DefaultThreadFactory("http-" + name, true), factory);
    }

    static Supplier<ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    }
}
