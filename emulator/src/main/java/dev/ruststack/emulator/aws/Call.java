package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Request;

/**
 * One authenticated call of an operation.
 *
 * @param requestId the id that the answer and the log carry
 * @param operation the name AWS gives the operation
 * @param request the HTTP request as it is routed: in path style, where S3 knows virtual hosts
 * @param identity who calls
 * @param payload the body with its framing and signatures taken off
 */
public record Call(String requestId, String operation, Request request, Identity identity, Payload payload) {
    public String accountId() {
        return identity.accountId();
    }

    public String region() {
        return identity.region();
    }
}
