package dev.ruststack.emulator;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.httpapi.HttpApiSpec;
import dev.ruststack.crds.restapi.RestApiSpec;
import dev.ruststack.emulator.httpfront.Api;
import dev.ruststack.emulator.httpfront.CorsRule;
import dev.ruststack.emulator.httpfront.Route;
import dev.ruststack.emulator.httpfront.Target;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Declared APIs as they are served.
 *
 * @param functionArn the ARN of a function of the stack, by its name, or by that of one's alias
 */
record DeclaredApis(String accountId, UnaryOperator<String> functionArn) {
    List<Api> rest(RustStackSpec spec) {
        return spec.restApis().stream().map(this::rest).toList();
    }

    private Api rest(RestApiSpec api) {
        var routes = api.routes().stream()
                .map(route -> new Route(route.method(), route.path(), functionArn.apply(route.function())))
                .toList();
        return Api.declared(accountId, api.name(), api.stageName(), api.binaryMediaTypes(), routes)
                .withVariables(api.stageVariables());
    }

    List<Api> http(RustStackSpec spec) {
        return spec.httpApis().stream().map(this::http).toList();
    }

    private Api http(HttpApiSpec api) {
        return Api.declaredHttp(
                        accountId,
                        api.name(),
                        api.stageName(),
                        cors(api.corsConfiguration()),
                        api.routes().stream().map(this::route).toList())
                .withVariables(api.stageVariables());
    }

    private Route route(HttpApiSpec.Route route) {
        var format =
                route.payloadFormatVersion().equals(HttpApiSpec.Route.FORMAT_2) ? Target.Format.V2 : Target.Format.V1;
        var target = new Target.Function(functionArn.apply(route.function()), format, Target.HTTP_TIMEOUT);
        var key = route.routeKey();
        int space = key.indexOf(' ');
        return key.equals(HttpApiSpec.Route.DEFAULT)
                ? new Route(Route.ANY, Route.DEFAULT, target, "", Route.Access.EVERYBODY)
                : new Route(key.substring(0, space), key.substring(space + 1), target, "", Route.Access.EVERYBODY);
    }

    private static @Nullable CorsRule cors(HttpApiSpec.@Nullable Cors cors) {
        return cors == null
                ? null
                : new CorsRule(
                        Boolean.TRUE.equals(cors.allowCredentials()),
                        cors.allowHeaders(),
                        cors.allowMethods(),
                        cors.allowOrigins(),
                        cors.exposeHeaders(),
                        cors.maxAge());
    }
}
