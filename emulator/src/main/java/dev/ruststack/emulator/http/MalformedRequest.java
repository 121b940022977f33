package dev.ruststack.emulator.http;

import java.net.ProtocolException;

/** A request that HTTP/1.1 forbids or that is over a limit: answered with the status, then the connection closes. */
final class MalformedRequest extends ProtocolException {
    private final int status;

    MalformedRequest(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Without a stack trace: it is the client's mistake, and cheap to make. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
