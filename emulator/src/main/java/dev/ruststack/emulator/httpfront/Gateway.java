package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.ProxyResult.MalformedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API Gateway's way of a request: route, who may, integration, answer; whatever goes wrong is one of its own answers. AWS:
 * API Gateway Developer Guide, Set up Lambda proxy integrations; Amazon API Gateway quotas.
 */
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int MAX_BODY = 10 * 1024 * 1024;
    private static final int MAX_EVENT = 6_291_456;

    private final FunctionCalls calls;
    private final Doorkeeper doorkeeper;
    private final Servers servers = new Servers();
    private final Duration longest;
    private final Clock clock;

    /** @param longest what any integration may take */
    Gateway(FunctionCalls calls, Doorkeeper doorkeeper, Duration longest, Clock clock) {
        this.calls = calls;
        this.doorkeeper = doorkeeper;
        this.longest = longest;
        this.clock = clock;
    }

    /** Answers a request of an API; its path is without the stage. */
    Response handle(Served served, Request request) throws IOException, InterruptedException {
        var cors = served.cors();
        if (cors != null && CorsRule.isPreflight(request)) {
            return new Response(204, cors.preflight(request), Body.empty());
        }
        var extendedRequestId = extendedRequestId();
        var match = served.routes().find(request.method(), request.rawPath());
        var body = match == null ? new byte[0] : Incoming.body(request, MAX_BODY);
        var incoming = Incoming.of(request, body == null ? new byte[0] : body, clock.instant());
        Response response;
        if (match == null) {
            response = GatewayAnswer.NO_ROUTE.response(served.kind(), served.responses(), incoming);
        } else if (body == null) {
            response = GatewayAnswer.TOO_LONG.response(served.kind(), served.responses(), incoming);
        } else {
            response = admitted(new GatewayRequest(incoming, match, extendedRequestId, null), served);
        }
        var answer = ProxyResultV2.with(response, ids(served.kind(), incoming, extendedRequestId));
        return cors == null ? answer : ProxyResultV2.with(answer, cors.headers(request));
    }

    private static Headers ids(Api.Kind kind, Incoming incoming, String extendedRequestId) {
        return kind == Api.Kind.HTTP
                ? Headers.of("Apigw-Requestid", extendedRequestId)
                : Headers.of(
                        "x-amzn-RequestId", incoming.requestId(),
                        "x-amz-apigw-id", extendedRequestId,
                        "X-Amzn-Trace-Id", incoming.traceId());
    }

    private Response admitted(GatewayRequest gateway, Served served) throws InterruptedException {
        return switch (doorkeeper.ask(gateway, served)) {
            case Doorkeeper.Verdict.Refused(var response) -> response;
            case Doorkeeper.Verdict.Admitted(var known) -> integrated(known);
        };
    }

    private Response integrated(GatewayRequest gateway) throws InterruptedException {
        return switch (gateway.match().route().target()) {
            case Target.Function function -> function(gateway, function);
            case Target.Server server -> servers.forward(gateway, server);
            case Target.Fixed(var status, var headers, var body) -> {
                var fields = Headers.builder();
                headers.forEach(fields::set);
                if (!fields.has("Content-Type")) {
                    fields.set("Content-Type", "application/json");
                }
                yield new Response(status, fields.build(), Body.of(body));
            }
        };
    }

    private Response function(GatewayRequest gateway, Target.Function function) throws InterruptedException {
        var event = event(gateway, function.format());
        if (event.length > MAX_EVENT) {
            return gateway.answer(GatewayAnswer.TOO_LONG);
        }
        var timeout = longest.compareTo(function.timeout()) < 0 ? longest : function.timeout();
        return switch (calls.call(function.arn(), event, gateway.incoming().traceId(), timeout)) {
            case FunctionCalls.Answer.Returned(var payload) -> response(gateway, function, payload);
            case FunctionCalls.Answer.Failed failed -> logged(gateway, GatewayAnswer.BAD_ANSWER, "the function failed");
            case FunctionCalls.Answer.TimedOut late -> gateway.answer(GatewayAnswer.TIMED_OUT);
            case FunctionCalls.Answer.NotInvoked(var why) -> logged(gateway, GatewayAnswer.NOT_REACHED, why);
            case FunctionCalls.Answer.Throttled(var why) -> logged(gateway, GatewayAnswer.TOO_MANY, why);
            case FunctionCalls.Answer.Broken(var cause) -> {
                LOG.error("{} failed", gateway.describe(), cause);
                yield gateway.answer(GatewayAnswer.NOT_REACHED);
            }
        };
    }

    static byte[] event(GatewayRequest gateway, Target.Format format) {
        return switch (format) {
            case V1 -> ProxyEventV1.of(gateway);
            case V2 -> ProxyEventV2.of(gateway.incoming(), context(gateway));
        };
    }

    private static ProxyEventV2.Context context(GatewayRequest gateway) {
        var api = gateway.api();
        return new ProxyEventV2.Context(
                api.accountId(),
                api.id(),
                api.stage().name(),
                gateway.match().route().key(),
                gateway.told(),
                gateway.match().pathParameters(),
                api.stage().variables(),
                gateway.authorizer());
    }

    private static Response response(GatewayRequest gateway, Target.Function function, byte[] payload) {
        var accept = gateway.request().headers().first("Accept");
        try {
            return switch (function.format()) {
                case V1 -> ProxyResult.parse(payload).response(gateway.api().answersInBinary(accept));
                case V2 -> ProxyResultV2.response(payload, "text/plain; charset=utf-8");
            };
        } catch (MalformedException e) {
            return logged(gateway, GatewayAnswer.BAD_ANSWER, "Malformed Lambda proxy response: " + e.getMessage());
        }
    }

    static Response logged(GatewayRequest gateway, GatewayAnswer answer, String why) {
        LOG.warn("{}: {}", gateway.describe(), why);
        return gateway.answer(answer);
    }

    private static String extendedRequestId() {
        var bytes = new byte[11];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "=";
    }
}
