package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.lambda.TraceId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to a front, read whole.
 *
 * @param body its whole body
 * @param requestId the front's id of it, which is not the function's
 * @param traceId the X-Ray header, as the client sent it or of a new root
 * @param received when it came
 */
record Incoming(Request request, byte[] body, String requestId, String traceId, Instant received) {
    /** What a connection needs and a function does not get to see. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** A request whose body was read otherwise. */
    static Incoming of(Request request, byte[] body, Instant now) {
        var sent = request.headers().first("X-Amzn-Trace-Id");
        return new Incoming(
                request, body, UUID.randomUUID().toString(), sent == null ? TraceId.newRoot(now) : sent, now);
    }

    /** The body of a request, or null where it is longer than so many bytes. */
    static byte @Nullable [] body(Request request, int most) throws IOException {
        if (request.body().length() > most) {
            return null;
        }
        var body = request.body().stream().readNBytes(most + 1);
        return body.length > most ? null : body;
    }

    /** The header fields with every value, names in any case, and what the front adds to them. */
    Map<String, List<String>> headers() {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Headers.Field field : request.headers()) {
            if (!HOP_BY_HOP.contains(field.name().toLowerCase(Locale.ROOT))) {
                headers.computeIfAbsent(field.name(), key -> new ArrayList<>(1)).add(field.value());
            }
        }
        headers.put("X-Amzn-Trace-Id", List.of(traceId));
        headers.put("X-Forwarded-For", List.of(forwardedFor()));
        headers.putIfAbsent("X-Forwarded-Port", List.of(port()));
        headers.putIfAbsent("X-Forwarded-Proto", List.of(request.secure() ? "https" : "http"));
        return headers;
    }

    /** The decoded parameters of the query with every value, in wire order. */
    Map<String, List<String>> query() {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (Query.Parameter parameter : request.query()) {
            parameters
                    .computeIfAbsent(parameter.name(), key -> new ArrayList<>(1))
                    .add(parameter.value());
        }
        return parameters;
    }

    private String forwardedFor() {
        var before = String.join(", ", request.headers().all("X-Forwarded-For"));
        return before.isEmpty() ? sourceIp() : before + ", " + sourceIp();
    }

    String sourceIp() {
        var address = request.remote().getAddress();
        return address == null ? request.remote().getHostString() : address.getHostAddress();
    }

    @Nullable
    String userAgent() {
        return request.headers().first("User-Agent");
    }

    /** The host without its port. */
    String domain() {
        var host = request.host();
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private String port() {
        var host = request.host();
        int colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']')) {
            return host.substring(colon + 1);
        }
        return request.secure() ? "443" : "80";
    }
}
