package dev.ruststack.emulator.http;

/**
 * Answers requests. Called on a virtual thread of its own for each request, so it may block. An exception becomes a
 * bare 500, logged once: handlers render their own errors.
 */
@FunctionalInterface
public interface ExchangeHandler {
    Response handle(Request request) throws Exception;
}
