package dev.ruststack.emulator.lambda.runtime;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of the Extensions API. AWS: Lambda Developer Guide, Extensions API reference. */
final class ExtensionRoutes {
    private static final String ROOT = "/2020-01-01/extension";
    private static final String IDENTIFIER = "Lambda-Extension-Identifier";
    private static final String ERROR_TYPE = "Lambda-Extension-Function-Error-Type";
    private static final int MAX_BODY = 64 * 1024;
    private static final Set<String> EVENTS = Set.of(Extensions.INVOKE, Extensions.SHUTDOWN);

    private ExtensionRoutes() {}

    static List<Route> all() {
        return List.of(
                new Register(),
                new Next(),
                new Failure("/init/error", "Extension.InitError"),
                new Failure("/exit/error", "Extension.ExitError"),
                new Subscribe());
    }

    static String identifier(Request request) {
        return request.headers().first(IDENTIFIER, "");
    }

    static JsonNode json(Request request) throws IOException, RuntimeApiException {
        var body = request.body().stream().readNBytes(MAX_BODY + 1);
        try {
            if (body.length <= MAX_BODY) {
                return JsonMapper.shared().readTree(body);
            }
        } catch (JacksonException e) {
            // Told below.
        }
        throw RuntimeApiException.extension(
                400, "InvalidRequestFormat", "The request body is not the JSON that is due");
    }

    /** Lets an extension in, until the runtime has initialized. */
    private record Register() implements Route {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String root() {
            return ROOT;
        }

        @Override
        public String path() {
            return "/register";
        }

        @Override
        public Response handle(RuntimeSession session, String requestId, Request request)
                throws IOException, InterruptedException, RuntimeApiException {
            var name = request.headers().first("Lambda-Extension-Name", "");
            if (name.isEmpty()) {
                throw RuntimeApiException.extension(403, "Extension.InvalidExtensionName", "Empty extension name");
            }
            var events = new LinkedHashSet<String>();
            json(request).path("events").forEach(event -> events.add(event.asString("")));
            for (var event : events) {
                if (!EVENTS.contains(event)) {
                    throw RuntimeApiException.extension(
                            403, "Extension.InvalidEventType", event + ": invalid event type");
                }
            }
            var id = session.extensions().register(name, events);
            var function = session.function();
            var document = new LinkedHashMap<String, String>();
            document.put("functionName", function.name());
            document.put("functionVersion", function.version());
            document.put("handler", function.handler());
            if (request.headers().first("Lambda-Extension-Accept-Feature", "").contains("accountId")) {
                document.put("accountId", function.accountId());
            }
            return new Response(
                    200,
                    Headers.builder()
                            .add("Content-Type", "application/json")
                            .add(IDENTIFIER, id)
                            .build(),
                    Body.of(JsonMapper.shared().writeValueAsBytes(document)));
        }
    }

    /** Waits for an event, for as long as it takes. */
    private record Next() implements Route {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String root() {
            return ROOT;
        }

        @Override
        public String path() {
            return "/event/next";
        }

        @Override
        public Response handle(RuntimeSession session, String requestId, Request request)
                throws InterruptedException, RuntimeApiException {
            var id = identifier(request);
            var event = session.extensions().next(id);
            if (event == null) {
                throw RuntimeApiException.extension(
                        403, "Extension.InvalidExtensionState", "The environment has ended");
            }
            return new Response(
                    200,
                    Headers.builder()
                            .add("Content-Type", "application/json")
                            .add(IDENTIFIER, id)
                            .add(
                                    "Lambda-Extension-Event-Identifier",
                                    java.util.UUID.randomUUID().toString())
                            .build(),
                    Body.of(event));
        }
    }

    /** Hears of an extension's error, which ends the environment. */
    private record Failure(String path, String error) implements Route {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String root() {
            return ROOT;
        }

        @Override
        public Response handle(RuntimeSession session, String requestId, Request request)
                throws IOException, RuntimeApiException {
            var id = identifier(request);
            session.extensions().require(id);
            var type = request.headers().first(ERROR_TYPE, "");
            if (type.isEmpty()) {
                throw RuntimeApiException.extension(403, "Extension.MissingHeader", ERROR_TYPE + " not found");
            }
            session.extensionFailed(id, error, type);
            return Bodies.accepted();
        }
    }

    /** Subscribes an extension to the telemetry. AWS: Lambda Developer Guide, Lambda Telemetry API reference. */
    private record Subscribe() implements Route {
        @Override
        public String method() {
            return "PUT";
        }

        @Override
        public String root() {
            return "/2022-07-01";
        }

        @Override
        public String path() {
            return "/telemetry";
        }

        @Override
        public Response handle(RuntimeSession session, String requestId, Request request)
                throws IOException, RuntimeApiException {
            var name = session.extensions().require(identifier(request));
            session.telemetry().subscribe(name, Telemetry.Subscription.of(json(request)));
            return Response.of(200, "text/plain", Body.of("OK"));
        }
    }
}
