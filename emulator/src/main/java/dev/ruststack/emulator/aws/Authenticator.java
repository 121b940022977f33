package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Request;

/** Finds out who sent a request and takes the framing off its body. */
public interface Authenticator {
    /** Throws the error that {@code protocol} has for a signature that does not hold. */
    Authenticated authenticate(Request request, Protocol protocol);

    /** Tells who signed the policy of a browser's form; throws the protocol's error where the signature does not hold. */
    default Identity authenticateForm(FormSignature form, Protocol protocol) {
        throw protocol.authentication(new AuthFailure.Missing());
    }

    /** A request whose signature holds (or was not asked for), and its body. */
    record Authenticated(Identity identity, Payload payload) {}
}
