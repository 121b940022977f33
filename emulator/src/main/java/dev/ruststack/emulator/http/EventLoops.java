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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transport: epoll where the machine has it, else NIO; few threads and a small pool of buffers. */
final class EventLoops {
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    private static final int PAGE_BYTES = 8 * 1024;
    private static final int CHUNK_PAGES_LOG2 = 6;

    /** Chunks of 512 KiB, as idle memory counts here; heap buffers are not pooled, as few are made. */
    private static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 0, Math.min(THREADS, 2), PAGE_BYTES, CHUNK_PAGES_LOG2, 64, 32, false);

    private static final long END_MILLIS = 2000;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable EventLoopGroup shared;
    private static int users;

    private EventLoops() {}

    static ByteBufAllocator allocator() {
        return ALLOCATOR;
    }

    /**
     * The event loops, which all servers share: an invocation that comes in by one server and goes out to its function
     * by another then wakes one thread, not two. Threads start when they are first used; each user releases them.
     */
    static EventLoopGroup acquire() {
        LOCK.lock();
        try {
            var group = shared;
            if (group == null) {
                IoHandlerFactory factory =
                        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
                group = new MultiThreadIoEventLoopGroup(THREADS, new DefaultThreadFactory("http", true), factory);
                shared = group;
            }
            users++;
            return group;
        } finally {
            LOCK.unlock();
        }
    }

    /** Gives the event loops back; the last user ends their threads. */
    static void release() {
        EventLoopGroup unused = null;
        LOCK.lock();
        try {
            users--;
            if (users == 0) {
                unused = shared;
                shared = null;
            }
        } finally {
            LOCK.unlock();
        }
        if (unused != null) {
            unused.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }

    static Supplier<ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    }
}
