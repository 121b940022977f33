package dev.ruststack.emulator.http;

/**
 * Answers requests. Called on a virtual thread of its own for each request, so it may block. An exception becomes a
 * bare 500, logged once: handlers render their own errors.
 */
@FunctionalInterface
public interface ExchangeHandler {
    Response handle(Request request) throws Exception;

    /**
     * Takes a request that has arrived with all of its body, on the event loop: it must not wait for anything. What it
     * takes it answers, now or later; what it does not goes to {@link #handle}. This saves a request that is answered
     * from memory, or that waits for something to happen, a thread and the way there and back.
     */
    default boolean take(Request request, Reply reply) {
        return false;
    }
}
