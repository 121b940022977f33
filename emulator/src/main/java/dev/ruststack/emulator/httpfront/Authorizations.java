package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.Doorkeeper.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks authorizers, or goes by what they said before. AWS: API Gateway Developer Guide, Input to an
 * API Gateway Lambda authorizer; Output from an API Gateway Lambda authorizer; AWS Lambda authorizers for HTTP APIs.
 */
final class Authorizations {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final FunctionCalls calls;

    Authorizations(FunctionCalls calls) {
        this.calls = calls;
    }

    Verdict ask(GatewayRequest gateway, Authorizer authorizer) throws InterruptedException {
        var identity = authorizer.identitySources().stream()
                .map(source -> identity(gateway, source))
                .filter(Objects::nonNull)
                .toList();
        if (identity.size() < authorizer.identitySources().size() || !valid(authorizer, identity)) {
            return refused(gateway, GatewayAnswer.UNAUTHORIZED);
        }
        var before = authorizer.cache().get(identity, gateway.received());
        return before == null ? asked(gateway, authorizer, identity) : verdict(gateway, authorizer, before);
    }

    private Verdict asked(GatewayRequest gateway, Authorizer authorizer, List<String> identity)
            throws InterruptedException {
        var event = event(gateway, authorizer, identity).toString().getBytes(StandardCharsets.UTF_8);
        var answer =
                calls.call(authorizer.functionArn(), event, gateway.incoming().traceId(), LONGEST);
        return switch (answer) {
            case FunctionCalls.Answer.Returned(var payload) -> {
                var result = read(payload);
                if (result.has("policyDocument") || result.has("isAuthorized")) {
                    authorizer.cache().put(identity, result, gateway.received());
                }
                yield verdict(gateway, authorizer, result);
            }
            case FunctionCalls.Answer.Failed(var payload) ->
                refused(
                        gateway,
                        read(payload).path("errorMessage").asString("").equals("Unauthorized")
                                ? GatewayAnswer.UNAUTHORIZED
                                : GatewayAnswer.AUTHORIZER_FAILED);
            case FunctionCalls.Answer other -> {
                Gateway.logged(gateway, GatewayAnswer.AUTHORIZER_FAILED, "the authorizer: " + other);
                yield refused(gateway, GatewayAnswer.AUTHORIZER_FAILED);
            }
        };
    }

    private static boolean valid(Authorizer authorizer, List<String> identity) {
        var validation = authorizer.validation();
        return validation == null
                || identity.isEmpty()
                || validation.matcher(identity.getFirst()).matches();
    }

    /** What a request has of {@code method.request.header.NAME}, {@code $request.querystring.NAME} and the like. */
    private static @Nullable String identity(GatewayRequest gateway, String source) {
        var parts = source.split("\\.", source.startsWith("$") ? 3 : 4);
        var place = parts.length < 2 ? "" : parts[parts.length - 2];
        var name = parts[parts.length - 1];
        var value = switch (place) {
            case "header" -> gateway.request().headers().first(name);
            case "querystring" -> gateway.request().query().first(name);
            default ->
                source.startsWith("stageVariables.") || source.startsWith("$stageVariables.")
                        ? gateway.api().stage().variables().get(name)
                        : source;
        };
        return value == null || value.isEmpty() ? null : value;
    }

    private static ObjectNode event(GatewayRequest gateway, Authorizer authorizer, List<String> identity) {
        return switch (authorizer.type()) {
            case TOKEN ->
                JSON.createObjectNode()
                        .put("type", "TOKEN")
                        .put("authorizationToken", identity.isEmpty() ? "" : identity.getFirst())
                        .put("methodArn", arn(gateway, authorizer));
            case REQUEST ->
                JSON.createObjectNode()
                        .put("type", "REQUEST")
                        .put("methodArn", arn(gateway, authorizer))
                        .setAll(without(Gateway.event(gateway, Target.Format.V1), "body", "isBase64Encoded"));
            case REQUEST_V2, SIMPLE -> {
                var event = JSON.createObjectNode()
                        .put("version", "2.0")
                        .put("type", "REQUEST")
                        .put("routeArn", arn(gateway, authorizer));
                identity.forEach(event.putArray("identitySource")::add);
                yield event.setAll(without(Gateway.event(gateway, Target.Format.V2), "body", "isBase64Encoded"));
            }
        };
    }

    private static ObjectNode without(byte[] event, String... members) {
        return ((ObjectNode) JSON.readTree(event)).without(List.of(members));
    }

    private static String arn(GatewayRequest gateway, Authorizer authorizer) {
        var api = gateway.api();
        return "arn:aws:execute-api:" + authorizer.functionArn().split(":")[3] + ":" + api.accountId() + ":" + api.id()
                + "/" + api.stage().name() + "/" + gateway.request().method()
                + gateway.request().rawPath();
    }

    private static Verdict verdict(GatewayRequest gateway, Authorizer authorizer, JsonNode result) {
        var context = JSON.createObjectNode();
        if (result.path("context").isObject()) {
            context.setAll((ObjectNode) result.path("context"));
        }
        if (authorizer.type() == Authorizer.Type.SIMPLE) {
            return result.path("isAuthorized").asBoolean(false)
                    ? admitted(gateway, context)
                    : refused(gateway, GatewayAnswer.FORBIDDEN);
        }
        var policy = AuthorizerPolicy.of(result.path("policyDocument"));
        if (policy == null || !result.path("principalId").isString()) {
            Gateway.logged(gateway, GatewayAnswer.AUTHORIZER_FAILED, "the authorizer returned no policy: " + result);
            return refused(gateway, GatewayAnswer.AUTHORIZER_FAILED);
        }
        context.put("principalId", result.path("principalId").asString());
        return switch (policy.decide(arn(gateway, authorizer))) {
            case ALLOW -> admitted(gateway, context);
            case DENY -> denied(gateway, " with an explicit deny");
            case SILENT -> denied(gateway, "");
        };
    }

    /** HTTP APIs tell functions of it one level deeper. */
    private static Verdict admitted(GatewayRequest gateway, ObjectNode context) {
        var http = gateway.api().kind() == Api.Kind.HTTP;
        return new Verdict.Admitted(gateway.by(http ? JSON.createObjectNode().set("lambda", context) : context));
    }

    private static Verdict denied(GatewayRequest gateway, String how) {
        if (gateway.api().kind() == Api.Kind.HTTP) {
            return refused(gateway, GatewayAnswer.FORBIDDEN);
        }
        var message = "User is not authorized to access this resource" + how;
        var headers = Headers.of("Content-Type", "application/json", "x-amzn-ErrorType", "AccessDeniedException");
        var usual = new Response(403, headers, Body.of("{\"Message\":\"" + message + "\"}"));
        var responses = gateway.api().responses();
        return new Verdict.Refused(responses.answer("ACCESS_DENIED", message, usual, gateway.incoming()));
    }

    private static Verdict refused(GatewayRequest gateway, GatewayAnswer answer) {
        return new Verdict.Refused(gateway.answer(answer));
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
