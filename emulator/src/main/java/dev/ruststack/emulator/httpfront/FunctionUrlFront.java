package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.ProxyResult.MalformedException;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrls;
import dev.ruststack.emulator.lambda.LambdaProtocol;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The URLs of functions: a request becomes an event of format 2.0, a result a response. AWS: Lambda Developer Guide,
 * Invoking Lambda function URLs.
 */
final class FunctionUrlFront {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionUrlFront.class);
    private static final int MAX_BODY = 6 * 1024 * 1024;
    private static final String DEFAULT = "$default";

    /** Longer than any function may run. */
    private static final Duration LONGEST = Duration.ofMinutes(16);

    private final FunctionUrls urls;
    private final FunctionCalls calls;
    private final Callers callers;
    private final Clock clock;
    private final LambdaProtocol protocol = new LambdaProtocol();

    FunctionUrlFront(FunctionUrls urls, FunctionCalls calls, Callers callers, Clock clock) {
        this.urls = urls;
        this.calls = calls;
        this.callers = callers;
        this.clock = clock;
    }

    Response handle(Request request, String id) throws IOException, InterruptedException {
        var url = urls.byId(id);
        if (url == null) {
            return answer(403, "{\"Message\":null}", "AccessDeniedException");
        }
        var cors = rule(url.cors());
        if (cors != null && CorsRule.isPreflight(request)) {
            return new Response(200, cors.preflight(request), Body.empty());
        }
        var body = Incoming.body(request, MAX_BODY);
        if (body == null) {
            return answer(413, "{\"message\":\"Request Entity Too Large\"}", "RequestEntityTooLargeException");
        }
        var incoming = Incoming.of(request, body, clock.instant());
        var ids = Headers.of("x-amzn-RequestId", incoming.requestId(), "X-Amzn-Trace-Id", incoming.traceId());
        var response = ProxyResultV2.with(authorized(url, incoming), ids);
        return cors == null ? response : ProxyResultV2.with(response, cors.headers(request));
    }

    private Response authorized(FunctionUrl url, Incoming incoming) throws InterruptedException {
        if (!url.authType().equals(FunctionUrl.AWS_IAM)) {
            return invoked(url, incoming, null);
        }
        try {
            var caller = callers.of(incoming, "lambda");
            return caller == null
                    ? answer(403, "{\"Message\":\"Forbidden\"}", "AccessDeniedException")
                    : invoked(url, incoming, caller);
        } catch (AwsException e) {
            return protocol.error(e, incoming.request(), incoming.requestId());
        }
    }

    private Response invoked(FunctionUrl url, Incoming incoming, @Nullable Identity caller)
            throws InterruptedException {
        var context = new ProxyEventV2.Context(
                caller == null ? "anonymous" : caller.accountId(),
                url.id(),
                DEFAULT,
                DEFAULT,
                incoming.request().rawPath(),
                Map.of(),
                Map.of(),
                caller == null ? null : authorizer(caller));
        var event = ProxyEventV2.of(incoming, context);
        if (url.invokeMode().equals(FunctionUrl.RESPONSE_STREAM)) {
            return streamed(url, event, incoming);
        }
        return switch (calls.call(url.functionArn(), event, incoming.traceId(), LONGEST)) {
            case FunctionCalls.Answer.Returned(var payload) -> response(url, payload);
            case FunctionCalls.Answer.Failed failed -> badGateway(url, "the function failed");
            case FunctionCalls.Answer.TimedOut late -> badGateway(url, "the function does not end");
            case FunctionCalls.Answer.NotInvoked(var why) -> badGateway(url, why);
            case FunctionCalls.Answer.Throttled(var why) ->
                answer(
                        429,
                        "{\"Reason\":null,\"Type\":\"User\",\"message\":\"Rate Exceeded.\"}",
                        "TooManyRequestsException");
            case FunctionCalls.Answer.Broken(var cause) -> {
                LOG.error("The URL of {} failed", url.functionArn(), cause);
                yield answer(500, "Internal Server Error", "InternalServerErrorException");
            }
        };
    }

    private Response streamed(FunctionUrl url, byte[] event, Incoming incoming) throws InterruptedException {
        try {
            var response = calls.stream(url.functionArn(), event, incoming.traceId());
            return response == null
                    ? badGateway(url, "the function is not there, or Pending")
                    : StreamedAnswer.of(response, "application/json");
        } catch (AwsException e) {
            return protocol.error(e, incoming.request(), incoming.requestId());
        } catch (IOException | MalformedException e) {
            return badGateway(url, e.toString());
        }
    }

    private static JsonNode authorizer(Identity caller) {
        var arn = "arn:aws:iam::" + caller.accountId() + ":root";
        var iam = JsonMapper.shared()
                .createObjectNode()
                .put("accessKey", caller.accessKeyId())
                .put("accountId", caller.accountId())
                .put("callerId", caller.accountId())
                .putNull("cognitoIdentity")
                .putNull("principalOrgId")
                .put("userArn", arn)
                .put("userId", caller.accountId());
        return JsonMapper.shared().createObjectNode().set("iam", iam);
    }

    private static Response response(FunctionUrl url, byte[] payload) {
        try {
            return ProxyResultV2.response(payload, "application/json");
        } catch (MalformedException e) {
            return badGateway(url, "Malformed response: " + e.getMessage());
        }
    }

    private static Response badGateway(FunctionUrl url, String why) {
        LOG.warn("The URL of {}: {}", url.functionArn(), why);
        return answer(502, "Internal Server Error", "InternalServerErrorException");
    }

    private static Response answer(int status, String body, String errorType) {
        return new Response(
                status, Headers.of("Content-Type", "application/json", "x-amzn-ErrorType", errorType), Body.of(body));
    }

    private static @Nullable CorsRule rule(FunctionUrl.@Nullable Cors cors) {
        if (cors == null) {
            return null;
        }
        return new CorsRule(
                Boolean.TRUE.equals(cors.allowCredentials()),
                Objects.requireNonNullElse(cors.allowHeaders(), List.of()),
                Objects.requireNonNullElse(cors.allowMethods(), List.of()),
                Objects.requireNonNullElse(cors.allowOrigins(), List.of()),
                Objects.requireNonNullElse(cors.exposeHeaders(), List.of()),
                cors.maxAge());
    }
}
