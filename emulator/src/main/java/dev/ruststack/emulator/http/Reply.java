package dev.ruststack.emulator.http;

/** Where the answer to one request goes, on any thread and once. */
@FunctionalInterface
public interface Reply {
    /** Sends it without waiting for the client; a body that is not held in memory is sent by a thread of its own. */
    void send(Response response);
}
