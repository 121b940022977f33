package dev.ruststack.emulator.httpfront;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * APIs that are served together.
 *
 * @param kind whose rules they follow
 * @param responses null where they are several
 * @param apiKeys whether a value is a key that the API takes
 */
public record Served(
        Api.Kind kind,
        @Nullable CorsRule cors,
        @Nullable GatewayResponses responses,
        RouteTable routes,
        Predicate<String> apiKeys) {
    /** Declared APIs, at {@code /}. Throws {@link IllegalArgumentException} where two routes are the same. */
    public static Served declared(List<Api> apis) {
        return new Served(Api.Kind.DECLARED, null, null, new RouteTable(apis), Set.<String>of()::contains);
    }

    /** One stage of one API. */
    public static Served of(Api api, Predicate<String> apiKeys) {
        return new Served(api.kind(), api.cors(), api.responses(), new RouteTable(List.of(api)), apiKeys);
    }
}
