package dev.ruststack.emulator.apigateway;

import tools.jackson.databind.node.ObjectNode;

/** Refuses parts of HTTP APIs that are wrong, or that cannot be served. */
final class HttpChecks {
    private HttpChecks() {}

    static void route(ObjectNode route) {
        var key = route.path("routeKey").asString("");
        if (!key.matches("\\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\\S*")) {
            throw GatewayError.BAD_REQUEST.saying(
                    "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
        }
        var type = route.path("authorizationType").asString("NONE");
        if (type.equals("JWT")) {
            throw GatewayError.NOT_IMPLEMENTED.saying("CreateRoute with authorizationType JWT is not implemented yet.");
        }
    }

    static void integration(ObjectNode integration) {
        var type = integration.path("integrationType").asString("");
        var uri = integration.path("integrationUri").asString("");
        if (integration.path("connectionType").asString("").equals("VPC_LINK")
                || integration.has("integrationSubtype")) {
            throw GatewayError.NOT_IMPLEMENTED.saying(
                    "CreateIntegration with a VPC link or a subtype is not implemented yet.");
        }
        switch (type) {
            case "AWS_PROXY" -> {
                if (RestTargets.functionArn(uri) == null) {
                    throw GatewayError.BAD_REQUEST.saying("Invalid integration URI specified");
                }
                var version = integration.path("payloadFormatVersion").asString("");
                if (!version.equals("1.0") && !version.equals("2.0")) {
                    throw GatewayError.BAD_REQUEST.saying(
                            "PayloadFormatVersion is a required parameter for the integration type: AWS_PROXY");
                }
                if (!integration.has("integrationMethod")) {
                    integration.put("integrationMethod", "POST");
                }
            }
            case "HTTP_PROXY" -> {
                if (!uri.matches("https?://.+") || !integration.has("integrationMethod")) {
                    throw GatewayError.BAD_REQUEST.saying("HTTP integrations need a URL and an integrationMethod");
                }
                if (!integration.has("payloadFormatVersion")) {
                    integration.put("payloadFormatVersion", "1.0");
                }
            }
            default ->
                throw GatewayError.BAD_REQUEST.saying("Only AWS_PROXY and HTTP_PROXY are integrations of HTTP APIs");
        }
    }

    static void authorizer(ObjectNode authorizer) {
        if (!authorizer.path("authorizerType").asString("").equals("REQUEST")) {
            throw GatewayError.NOT_IMPLEMENTED.saying(
                    "CreateAuthorizer with authorizerType JWT is not implemented yet.");
        }
    }
}
