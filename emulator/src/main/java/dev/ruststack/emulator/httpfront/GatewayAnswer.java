package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own answers, which REST APIs and HTTP APIs word differently. AWS: API Gateway Developer Guide, Gateway
 * response types; seen of HTTP APIs in Troubleshooting HTTP API Lambda integrations.
 */
enum GatewayAnswer {
    /** No route. */
    NO_ROUTE(
            "MISSING_AUTHENTICATION_TOKEN",
            403,
            "Missing Authentication Token",
            "MissingAuthenticationTokenException",
            404,
            "Not Found"),
    /** No key where one is needed, or no stage. */
    FORBIDDEN("INVALID_API_KEY", 403, "Forbidden", "ForbiddenException", 403, "Forbidden"),
    /** Nothing that tells who calls. */
    UNAUTHORIZED("UNAUTHORIZED", 401, "Unauthorized", "UnauthorizedException", 401, "Unauthorized"),
    /** The authorizer failed. */
    AUTHORIZER_FAILED(
            "AUTHORIZER_CONFIGURATION_ERROR",
            500,
            null,
            "AuthorizerConfigurationException",
            500,
            "Internal Server Error"),
    TOO_LONG(
            "REQUEST_TOO_LARGE",
            413,
            "Request Too Long",
            "RequestEntityTooLargeException",
            413,
            "Request Entity Too Large"),
    TOO_MANY(
            "INTEGRATION_FAILURE",
            500,
            "Internal server error",
            "InternalServerErrorException",
            500,
            "Internal Server Error"),
    /** The integration cannot be reached. */
    NOT_REACHED(
            "INTEGRATION_FAILURE",
            500,
            "Internal server error",
            "InternalServerErrorException",
            500,
            "Internal Server Error"),
    /** The integration failed, or answered what is no answer. */
    BAD_ANSWER(
            "INTEGRATION_FAILURE",
            502,
            "Internal server error",
            "InternalServerErrorException",
            500,
            "Internal Server Error"),
    TIMED_OUT("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out", null, 503, "Service Unavailable");

    private final String type;
    private final int restStatus;
    private final @Nullable String restMessage;
    private final @Nullable String errorType;
    private final int httpStatus;
    private final String httpMessage;

    GatewayAnswer(
            String type,
            int restStatus,
            @Nullable String restMessage,
            @Nullable String errorType,
            int httpStatus,
            String httpMessage) {
        this.type = type;
        this.restStatus = restStatus;
        this.restMessage = restMessage;
        this.errorType = errorType;
        this.httpStatus = httpStatus;
        this.httpMessage = httpMessage;
    }

    /** Worded as an API has it, which only those of the kind REST do in words of their own. */
    Response response(Api.Kind kind, @Nullable GatewayResponses responses, Incoming incoming) {
        var usual = response(kind);
        return responses == null ? usual : responses.answer(type, restMessage, usual, incoming);
    }

    /** Of no API in particular. */
    Response response(Api.Kind kind) {
        var headers = Headers.builder().set("Content-Type", "application/json");
        if (kind == Api.Kind.HTTP) {
            return new Response(httpStatus, headers.build(), Body.of("{\"message\":\"" + httpMessage + "\"}"));
        }
        headers.setIfPresent("x-amzn-ErrorType", errorType);
        return new Response(restStatus, headers.build(), Body.of("{\"message\":" + quoted(restMessage) + "}"));
    }

    private static String quoted(@Nullable String message) {
        return message == null ? "null" : "\"" + message + "\"";
    }
}
