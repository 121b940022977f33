package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.ProxyResult.MalformedException;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.Outcome;
import dev.ruststack.emulator.lambda.TraceId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP in front of functions, as API Gateway's REST APIs with proxy integration: a request becomes an event, a result a
 * response, and whatever goes wrong one of the gateway's own answers. The routes can be replaced while requests run. AWS:
 * API Gateway Developer Guide, Set up Lambda proxy integrations; Amazon API Gateway quotas.
 */
public final class HttpFront implements ExchangeHandler {
    /** What API Gateway waits for a function. */
    public static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(29);

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int MAX_BODY = 10 * 1024 * 1024;
    private static final int MAX_EVENT = 6_291_456;

    private final Functions functions;
    private final Invoker invoker;
    private final Duration timeout;
    private final Clock clock;
    private volatile RouteTable routes = new RouteTable(List.of());

    /**
     * @param timeout how long a function may take, usually {@link #INTEGRATION_TIMEOUT}; it runs on after that, as on AWS
     */
    public HttpFront(Functions functions, Invoker invoker, Duration timeout, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Replaces every route; requests that run keep theirs. */
    public void routes(RouteTable newRoutes) {
        routes = newRoutes;
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        var requestId = UUID.randomUUID().toString();
        var extendedRequestId = extendedRequestId();
        var now = clock.instant();
        var sent = request.headers().first("X-Amzn-Trace-Id");
        var traceId = sent == null ? TraceId.newRoot(now) : sent;
        var match = routes.find(request.method(), request.rawPath());
        Response response;
        if (match == null) {
            response = answer(403, "Missing Authentication Token", "MissingAuthenticationTokenException");
        } else {
            var body = body(request);
            response = body == null
                    ? tooLong()
                    : handle(new GatewayRequest(request, match, body, requestId, extendedRequestId, traceId, now));
        }
        var headers = response.headers().toBuilder()
                .set("x-amzn-RequestId", requestId)
                .set("x-amz-apigw-id", extendedRequestId)
                .set("X-Amzn-Trace-Id", traceId);
        return new Response(response.status(), headers.build(), response.body());
    }

    /** The body of a request, or null where it is longer than the gateway takes. */
    private static byte @Nullable [] body(Request request) throws IOException {
        if (request.body().length() > MAX_BODY) {
            return null;
        }
        var body = request.body().stream().readNBytes(MAX_BODY + 1);
        return body.length > MAX_BODY ? null : body;
    }

    private Response handle(GatewayRequest gateway) throws InterruptedException {
        var event = ProxyEventV1.of(gateway);
        if (event.length > MAX_EVENT) {
            return tooLong();
        }
        var arn = gateway.match().route().functionArn();
        var stored = functions.find(arn);
        if (stored == null || stored.configuration().state().equals(State.PENDING)) {
            return configurationError(
                    gateway, stored == null ? "the function is not there" : "the function is Pending");
        }
        var invocation = new Invocation(UUID.randomUUID().toString(), event, arn, null, gateway.traceId());
        var task = new FutureTask<>(() -> invoker.invoke(stored.configuration(), invocation));
        Thread.ofVirtual().name("httpfront " + gateway.requestId()).start(task);
        try {
            return switch (task.get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                case Outcome.Returned returned -> response(gateway, returned);
                case Outcome.Failed failed -> badGateway(gateway, "the function failed");
            };
        } catch (TimeoutException e) {
            return answer(504, "Endpoint request timed out", null);
        } catch (ExecutionException e) {
            return notInvoked(gateway, e.getCause());
        }
    }

    private static Response response(GatewayRequest gateway, Outcome.Returned returned) {
        var accept = gateway.request().headers().first("Accept");
        try {
            var result = ProxyResult.parse(returned.payload());
            return result.response(gateway.match().api().answersInBinary(accept));
        } catch (MalformedException e) {
            return badGateway(gateway, "Malformed Lambda proxy response: " + e.getMessage());
        }
    }

    private static Response notInvoked(GatewayRequest gateway, @Nullable Throwable cause) {
        if (cause instanceof AwsException refused) {
            return configurationError(gateway, refused.code().code() + ": " + refused.text());
        }
        LOG.error("{} failed", describe(gateway), cause);
        return answer(500, "Internal server error", "InternalServerErrorException");
    }

    private static Response configurationError(GatewayRequest gateway, String why) {
        LOG.warn("{}: {}", describe(gateway), why);
        return answer(500, "Internal server error", "InternalServerErrorException");
    }

    private static Response badGateway(GatewayRequest gateway, String why) {
        LOG.warn("{}: {}", describe(gateway), why);
        return answer(502, "Internal server error", "InternalServerErrorException");
    }

    private static String describe(GatewayRequest gateway) {
        return gateway.request().method() + " " + gateway.request().rawPath() + " to "
                + gateway.match().route().functionArn();
    }

    private static Response tooLong() {
        return answer(413, "Request Too Long", "RequestEntityTooLargeException");
    }

    private static Response answer(int status, String message, @Nullable String errorType) {
        var headers =
                Headers.builder().set("Content-Type", "application/json").setIfPresent("x-amzn-ErrorType", errorType);
        return new Response(status, headers.build(), Body.of("{\"message\":\"" + message + "\"}"));
    }

    private static String extendedRequestId() {
        var bytes = new byte[11];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
