package dev.ruststack.emulator.http;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the connections of one event loop share; confined to that loop. */
final class Worker {
    private static final long LONGEST_CHECK_MILLIS = 1000;
    private static final long SHORTEST_CHECK_MILLIS = 10;

    private final ServerContext context;
    private final EventLoop loop;
    private final HeadParser parser;
    private final long checkMillis;
    private final Set<Connection> connections = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean checking;

    Worker(ServerContext context, EventLoop loop) {
        this.context = context;
        this.loop = loop;
        this.parser = new HeadParser(context.config());
        this.checkMillis =
                checkMillis(context.config().headTimeout(), context.config().idleTimeout());
    }

    private static long checkMillis(Duration one, Duration other) {
        long shorter = Math.min(one.toMillis(), other.toMillis());
        return Math.clamp(shorter / 4, SHORTEST_CHECK_MILLIS, LONGEST_CHECK_MILLIS);
    }

    ServerContext context() {
        return context;
    }

    HeadParser parser() {
        return parser;
    }

    void add(Connection connection) {
        connections.add(connection);
        if (!checking) {
            checking = true;
            scheduleCheck();
        }
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    /** One timer for all connections, and none without any: cheaper than one each that every request moves. */
    private void scheduleCheck() {
        var ignored = loop.schedule(this::check, checkMillis, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (connections.isEmpty()) {
            checking = false;
            return;
        }
        long now = System.nanoTime();
        new ArrayList<>(connections).forEach(connection -> connection.check(now));
        scheduleCheck();
    }

    /** Closes what is idle, and the rest when it has answered. */
    void stop() {
        new ArrayList<>(connections).forEach(Connection::stop);
    }

    /** Closes everything now. */
    void kill() {
        new ArrayList<>(connections).forEach(Connection::kill);
    }
}
