package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.Api;
import dev.ruststack.emulator.httpfront.Served;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Methods that are called before they are deployed. AWS: API Gateway API Reference, TestInvokeMethod. */
final class TestInvocations {
    private static final Set<String> MEMBERS =
            Set.of("pathWithQueryString", "body", "headers", "multiValueHeaders", "stageVariables");
    private static final InetSocketAddress TESTER = InetSocketAddress.createUnresolved("test-invoke-source-ip", 0);

    private final Trees apis;
    private final Front front;

    TestInvocations(Trees apis, Front front) {
        this.apis = apis;
        this.front = front;
    }

    /** Answers requests to an API that has no host. */
    @FunctionalInterface
    interface Front {
        Response answer(Served served, Request request) throws IOException, InterruptedException;
    }

    List<GatewayOperation> operations() {
        return List.of(GatewayOperation.of(
                "TestInvokeMethod POST /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
                200,
                MEMBERS,
                this::invoke));
    }

    private JsonNode invoke(GatewayCall call) throws IOException, InterruptedException {
        var tree = apis.require(call, call.label("restapi_id"));
        Methods.require(tree, call);
        var stage = new Api.Stage(
                "test-invoke-stage", "", RestStages.texts(call.body().path("stageVariables")));
        var served = Served.of(RestStages.api(tree, tree, stage), key -> true);
        long began = System.nanoTime();
        var response = front.answer(served, request(tree, call));
        return answer(response, (System.nanoTime() - began) / 1_000_000);
    }

    private static Request request(ObjectNode tree, GatewayCall call) {
        var resource =
                Resources.require(tree, call.label("resource_id")).path("path").asString("/");
        var given = call.text("pathWithQueryString");
        var target = given == null || given.isEmpty() ? resource : given;
        int question = target.indexOf('?');
        var headers = Headers.builder();
        call.body()
                .path("multiValueHeaders")
                .properties()
                .forEach(
                        header -> header.getValue().forEach(value -> headers.add(header.getKey(), value.asString(""))));
        call.body()
                .path("headers")
                .properties()
                .forEach(
                        header -> headers.set(header.getKey(), header.getValue().asString("")));
        var body = call.text("body") == null ? "" : call.text("body");
        var method = call.label("http_method");
        return new Request(
                method.equals("ANY") ? "GET" : method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers.build(),
                RequestBody.of((body == null ? "" : body).getBytes(StandardCharsets.UTF_8)),
                TESTER,
                false);
    }

    private static ObjectNode answer(Response response, long latency) throws IOException {
        var answer = GatewayCall.object().put("status", response.status()).put("latency", latency);
        try (var body = response.body()) {
            answer.put(
                    "body",
                    body instanceof Body.Bytes bytes
                            ? new String(bytes.array(), bytes.offset(), bytes.size(), StandardCharsets.UTF_8)
                            : "");
        }
        var headers = answer.putObject("headers");
        var all = answer.putObject("multiValueHeaders");
        for (var field : response.headers()) {
            headers.put(field.name(), field.value());
            var values = all.get(field.name()) instanceof tools.jackson.databind.node.ArrayNode there
                    ? there
                    : all.putArray(field.name());
            values.add(field.value());
        }
        return answer.put(
                "log", "Execution log for request\nMethod completed with status: " + response.status() + "\n");
    }
}
