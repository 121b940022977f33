package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrl.Cors;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A function URL on the wire, and what its members may be. AWS: Lambda API Reference, FunctionUrlConfig. */
record FunctionUrlDocument(
        String functionUrl,
        String functionArn,
        String authType,
        @Nullable Cors cors,
        String creationTime,
        @Nullable String lastModifiedTime,
        String invokeMode) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
            .withLocale(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");
    private static final String QUALIFIER = "(^\\$LATEST$)|((?!^[0-9]+$)([a-zA-Z0-9-_]+))";
    private static final int MOST_ORIGINS = 100;
    private static final int MOST_METHODS = 6;
    private static final int LONGEST_AGE = 86_400;

    /** The URL is beneath the host that the request came to; an address has no names beneath it. */
    static FunctionUrlDocument of(FunctionUrl url, Request request) {
        var host = request.host();
        int colon = host.lastIndexOf(':') > host.lastIndexOf(']') ? host.lastIndexOf(':') : host.length();
        var name = host.substring(0, colon);
        var base = name.isEmpty() || ADDRESS.matcher(name).matches() ? "localhost" : name;
        return new FunctionUrlDocument(
                (request.secure() ? "https://" : "http://") + url.id() + ".lambda-url." + url.region() + "." + base
                        + host.substring(colon) + "/",
                url.functionArn(),
                url.authType(),
                url.cors(),
                url.creationTime(),
                url.lastModifiedTime(),
                url.invokeMode());
    }

    /** Now, as these documents have it. */
    static String now(Clock clock) {
        return TIME.format(clock.instant());
    }

    /** A version has no URL: only {@code $LATEST} and aliases do. */
    static FunctionName unversioned(FunctionName name) {
        var qualifier = name.qualifier();
        new Constraints().matches("qualifier", qualifier, QUALIFIER).check();
        return FunctionName.LATEST.equals(qualifier)
                ? new FunctionName(name.accountId(), name.region(), name.name(), null)
                : name;
    }

    static void check(@Nullable String authType, @Nullable String invokeMode, @Nullable Cors cors) {
        var constraints = new Constraints()
                .oneOf("authType", authType, List.of("NONE", "AWS_IAM"))
                .oneOf("invokeMode", invokeMode, List.of("BUFFERED", "RESPONSE_STREAM"));
        if (cors != null) {
            constraints.range("cors.maxAge", cors.maxAge(), 0, LONGEST_AGE);
            atMost(constraints, "cors.allowOrigins", cors.allowOrigins(), MOST_ORIGINS);
            atMost(constraints, "cors.allowMethods", cors.allowMethods(), MOST_METHODS);
            atMost(constraints, "cors.allowHeaders", cors.allowHeaders(), MOST_ORIGINS);
            atMost(constraints, "cors.exposeHeaders", cors.exposeHeaders(), MOST_ORIGINS);
            var methods = cors.allowMethods() == null ? List.<String>of() : cors.allowMethods();
            methods.forEach(method ->
                    constraints.matches("cors.allowMethods", method, "\\*|GET|PUT|HEAD|POST|PATCH|DELETE|OPTIONS"));
        }
        constraints.check();
    }

    private static void atMost(Constraints constraints, String member, @Nullable List<String> values, int most) {
        if (values != null && values.size() > most) {
            constraints.violation(
                    "Value '" + new ArrayList<>(values) + "'",
                    member,
                    "Member must have length less than or equal to " + most);
        }
    }
}
