package dev.ruststack.dynamodblocal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs the main class named by the first argument with the other arguments, and ends the process as soon as standard
 * input ends. A parent that holds the other end of that pipe takes this process with it however it dies, by
 * {@code kill -9} too.
 *
 * <p>Where {@link LoopbackSelectorProvider} is in use, a line {@code ruststack: listening on <port>} on standard output tells the
 * port that was bound.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().name("parent-watch").start(Main::haltWhenInputEnds);
        var main = Class.forName(arguments[0]).getMethod("main", String[].class);
        main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void haltWhenInputEnds() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is expected; only the end counts.
            }
        } catch (IOException e) {
            // An unreadable pipe is an ended one.
        }
        Runtime.getRuntime().halt(0);
    }
}
