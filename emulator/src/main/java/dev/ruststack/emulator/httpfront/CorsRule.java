package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What browsers of other origins may do, as function URLs and HTTP APIs have it: they answer preflights themselves, and
 * their headers stand in the place of the function's own. AWS: API Gateway Developer Guide, Configuring CORS for an HTTP
 * API.
 *
 * @param maxAge seconds; null says nothing
 */
public record CorsRule(
        boolean allowCredentials,
        List<String> allowHeaders,
        List<String> allowMethods,
        List<String> allowOrigins,
        List<String> exposeHeaders,
        @Nullable Integer maxAge) {
    public CorsRule {
        allowHeaders = List.copyOf(allowHeaders);
        allowMethods = List.copyOf(allowMethods);
        allowOrigins = List.copyOf(allowOrigins);
        exposeHeaders = List.copyOf(exposeHeaders);
    }

    /** Whether a browser asks before it sends a request. */
    static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS")
                && request.headers().has("Origin")
                && request.headers().has("Access-Control-Request-Method");
    }

    /** The headers of the answer to a preflight; none where its origin may not. */
    Headers preflight(Request request) {
        var headers = origin(request);
        if (headers.has("Access-Control-Allow-Origin")) {
            list(headers, "Access-Control-Allow-Headers", allowHeaders);
            list(headers, "Access-Control-Allow-Methods", allowMethods);
            list(headers, "Access-Control-Expose-Headers", exposeHeaders);
            headers.setIfPresent("Access-Control-Max-Age", maxAge == null ? null : maxAge.toString());
        }
        return headers.build();
    }

    /** The headers of every other answer. */
    Headers headers(Request request) {
        var headers = origin(request);
        if (headers.has("Access-Control-Allow-Origin")) {
            list(headers, "Access-Control-Expose-Headers", exposeHeaders);
        }
        return headers.build();
    }

    private Headers.Builder origin(Request request) {
        var headers = Headers.builder();
        var origin = request.headers().first("Origin");
        if (origin == null || allowOrigins.stream().noneMatch(allowed -> allows(allowed, origin))) {
            return headers;
        }
        boolean any = allowOrigins.contains("*") && !allowCredentials;
        headers.set("Access-Control-Allow-Origin", any ? "*" : origin);
        if (!any) {
            headers.set("Vary", "Origin");
        }
        if (allowCredentials) {
            headers.set("Access-Control-Allow-Credentials", "true");
        }
        return headers;
    }

    /** As {@code *}, {@code https://*} and the like, or the origin itself. */
    private static boolean allows(String allowed, String origin) {
        var lower = origin.toLowerCase(Locale.ROOT);
        var rule = allowed.toLowerCase(Locale.ROOT);
        return rule.endsWith("*") ? lower.startsWith(rule.substring(0, rule.length() - 1)) : lower.equals(rule);
    }

    private static void list(Headers.Builder headers, String name, List<String> values) {
        if (!values.isEmpty()) {
            headers.set(name, String.join(",", values));
        }
    }
}
