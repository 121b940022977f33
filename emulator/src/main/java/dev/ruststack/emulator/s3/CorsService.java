package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.s3.configuration.CorsConfiguration;
import dev.ruststack.emulator.s3.policy.Wildcard;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin resource sharing in front of S3: answers what browsers ask before a request, and marks the answers that
 * pages of other origins may read. AWS: S3 User Guide, Using cross-origin resource sharing (CORS).
 */
final class CorsService implements AwsService {
    private static final String NOT_ALLOWED = "CORSResponse: This CORS request is not allowed. This is usually because"
            + " the evalution of Origin, request method / Access-Control-Request-Method or"
            + " Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
    private static final String VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    private static final String METHOD = "Access-Control-Request-Method";
    private static final String HEADERS = "Access-Control-Request-Headers";

    private final AwsService s3;
    private final Buckets buckets;
    private final Addressing addressing;
    private final S3Protocol protocol = new S3Protocol();

    CorsService(AwsService s3, Buckets buckets, Addressing addressing) {
        this.s3 = s3;
        this.buckets = buckets;
        this.addressing = addressing;
    }

    /** What a page asks for. */
    private record Wish(String origin, String method, List<String> headers) {
        static Wish of(Request request, String origin) {
            var headers = request.headers().first(HEADERS, "");
            return new Wish(
                    origin,
                    request.headers().first(METHOD, request.method()),
                    Arrays.stream(headers.split(","))
                            .map(header -> header.strip().toLowerCase(Locale.ROOT))
                            .filter(header -> !header.isEmpty())
                            .toList());
        }

        boolean isWithin(CorsConfiguration.Rule rule) {
            return rule.allowedMethods().contains(method)
                    && rule.allowedOrigins().stream().anyMatch(allowed -> Wildcard.matches(allowed, origin))
                    && headers.stream().allMatch(header -> allows(rule, header));
        }

        private static boolean allows(CorsConfiguration.Rule rule, String header) {
            return rule.allowedHeaders().stream()
                    .anyMatch(allowed -> Wildcard.matches(allowed.toLowerCase(Locale.ROOT), header));
        }
    }

    @Override
    public String name() {
        return s3.name();
    }

    @Override
    public void observe(CallObserver observer) {
        s3.observe(observer);
    }

    @Override
    public Response handle(Request request) throws Exception {
        boolean preflight = request.method().equals("OPTIONS");
        var origin = request.headers().first("Origin");
        if (!preflight) {
            var response = s3.handle(request);
            return origin == null ? response : marked(response, request, origin);
        }
        var requestId = protocol.newRequestId();
        try {
            return preflight(request, origin, requestId);
        } catch (AwsException e) {
            return protocol.error(e, request, requestId);
        }
    }

    private Response preflight(Request request, @Nullable String origin, String requestId) {
        if (origin == null) {
            throw S3Error.BAD_REQUEST.saying("Insufficient information. Origin request header needed.");
        }
        if (!request.headers().has(METHOD)) {
            throw S3Error.BAD_REQUEST.saying("Invalid Access-Control-Request-Method: null");
        }
        var wish = Wish.of(request, origin);
        var path = addressing.apply(request).rawPath();
        var bucket = bucket(path);
        if (bucket == null) {
            throw forbidden("CORSResponse: Bucket not found", wish, "BUCKET");
        }
        var configuration = bucket.configurations().get(CorsConfiguration.KIND);
        var resource = path.indexOf('/', 1) < 0 ? "BUCKET" : "OBJECT";
        if (configuration == null) {
            throw forbidden("CORSResponse: CORS is not enabled for this bucket.", wish, resource);
        }
        var rule = rule(configuration, wish);
        if (rule == null) {
            throw forbidden(NOT_ALLOWED, wish, resource);
        }
        var headers = Headers.builder();
        protocol.finish(headers, requestId);
        mark(headers, rule, wish);
        return new Response(200, headers.build(), Body.empty());
    }

    private static AwsException forbidden(String text, Wish wish, String resource) {
        return S3Error.ACCESS_FORBIDDEN.saying(text).with("Method", wish.method).with("ResourceType", resource);
    }

    private Response marked(Response response, Request request, String origin) {
        var bucket = bucket(addressing.apply(request).rawPath());
        var configuration = bucket == null ? null : bucket.configurations().get(CorsConfiguration.KIND);
        if (configuration == null) {
            return response;
        }
        var wish = Wish.of(request, origin);
        var rule = rule(configuration, wish);
        if (rule == null) {
            return response;
        }
        var headers = response.headers().toBuilder();
        mark(headers, rule, wish);
        return new Response(response.status(), headers.build(), response.body());
    }

    private @Nullable Bucket bucket(String path) {
        int end = path.indexOf('/', 1);
        return path.length() < 2
                ? null
                : buckets.find(PercentEncoding.decode(end < 0 ? path.substring(1) : path.substring(1, end)));
    }

    private static CorsConfiguration.@Nullable Rule rule(CorsConfiguration configuration, Wish wish) {
        return configuration.rules().stream().filter(wish::isWithin).findFirst().orElse(null);
    }

    private static void mark(Headers.Builder headers, CorsConfiguration.Rule rule, Wish wish) {
        boolean everyOrigin = rule.allowedOrigins().contains("*");
        headers.set("Access-Control-Allow-Origin", everyOrigin ? "*" : wish.origin);
        headers.set(
                "Access-Control-Allow-Methods", rule.allowedMethods().stream().collect(Collectors.joining(", ")));
        if (!wish.headers.isEmpty()) {
            headers.set("Access-Control-Allow-Headers", String.join(", ", wish.headers));
        }
        if (!rule.exposeHeaders().isEmpty()) {
            headers.set("Access-Control-Expose-Headers", String.join(", ", rule.exposeHeaders()));
        }
        if (rule.maxAgeSeconds() != null) {
            headers.set("Access-Control-Max-Age", rule.maxAgeSeconds().toString());
        }
        if (!everyOrigin) {
            headers.set("Access-Control-Allow-Credentials", "true");
        }
        headers.set("Vary", VARY);
    }
}
