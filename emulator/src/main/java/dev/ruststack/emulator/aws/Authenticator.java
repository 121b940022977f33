package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Request;

/** Finds out who sent a request and takes the framing off its body. */
public interface Authenticator {
    /** Throws the error that {@code protocol} has for a signature that does not hold. */
    Authenticated authenticate(Request request, Protocol protocol);

    /** A request whose signature holds (or was not asked for), and its body. */
    record Authenticated(Identity identity, Payload payload) {}
}
