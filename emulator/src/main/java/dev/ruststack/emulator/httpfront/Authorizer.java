package dev.ruststack.emulator.httpfront;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function that is asked who calls, and whether he may. AWS: API Gateway Developer Guide, Use API Gateway Lambda
 * authorizers.
 *
 * @param functionArn with the version or alias where it names one
 * @param identitySources what a request must have, as {@code method.request.header.Authorization} or
 *     {@code $request.header.Authorization}
 * @param validation what a token must match; null for anything
 * @param cache what it said before
 */
public record Authorizer(
        Type type,
        String functionArn,
        List<String> identitySources,
        @Nullable Pattern validation,
        AuthorizerCache cache) {
    public Authorizer {
        identitySources = List.copyOf(identitySources);
    }

    /** What the function gets, and gives back. */
    public enum Type {
        /** The one header with the token; a policy. */
        TOKEN,
        /** The request in format 1.0; a policy. */
        REQUEST,
        /** The request in format 2.0; a policy. */
        REQUEST_V2,
        /** The request in format 2.0; {@code isAuthorized}. */
        SIMPLE
    }
}
