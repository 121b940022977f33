package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.lambda.FunctionUrls;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invoker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTTP in front of functions: the declared APIs at {@code /}, and by host name the URLs of functions
 * ({@code ID.lambda-url.REGION.…}) and deployed APIs ({@code ID.execute-api.REGION.…}). The routes can be replaced while
 * requests run.
 */
public final class HttpFront implements ExchangeHandler {
    private static final Pattern FUNCTION_URL = Pattern.compile("(?i)([a-z0-9]+)\\.lambda-url\\.[a-z0-9-]+\\..*");
    private static final Pattern DEPLOYED = Pattern.compile("(?i)([a-z0-9]+)\\.execute-api\\..*");

    /** Where LocalStack serves deployed APIs without host names. */
    private static final Pattern BY_PATH = Pattern.compile("/restapis/([a-z0-9]+)(/[^/]+)/_user_request_(/.*)?");

    private final Gateway gateway;
    private final FunctionUrlFront functionUrls;
    private volatile List<Served> declared = List.of(Served.declared(List.of()));
    private volatile DeployedApis deployed = DeployedApis.NONE;

    /**
     * What a front stands before.
     *
     * @param authenticator for URLs that ask for a signature
     */
    public record Behind(Functions functions, FunctionUrls urls, Invoker invoker, Authenticator authenticator) {}

    /** @param longest what any integration of an API may take, usually {@link Target#HTTP_TIMEOUT} */
    public HttpFront(Behind behind, Duration longest, Clock clock) {
        var calls = new FunctionCalls(behind.functions, behind.invoker);
        var callers = new Callers(behind.authenticator);
        this.gateway = new Gateway(calls, new Doorkeeper(calls, callers), longest, clock);
        this.functionUrls = new FunctionUrlFront(behind.urls, calls, callers, clock);
    }

    /**
     * Replaces every declared route; requests that run keep theirs. The routes of REST APIs are one tree, which comes
     * first; HTTP APIs follow one after the other. Throws {@link IllegalArgumentException} where two routes are the same.
     */
    public void routes(List<Api> rest, List<Api> http) {
        var all = new ArrayList<Served>();
        if (!rest.isEmpty() || http.isEmpty()) {
            all.add(Served.declared(rest));
        }
        http.forEach(api -> all.add(Served.of(api, key -> false)));
        declared = List.copyOf(all);
    }

    /** The one that has the route, else for a preflight the first that answers such, else the first of all. */
    private static Served declared(List<Served> all, Request request) {
        for (var served : all) {
            if (served.routes().find(request.method(), request.rawPath()) != null) {
                return served;
            }
        }
        if (CorsRule.isPreflight(request)) {
            for (var served : all) {
                if (served.cors() != null) {
                    return served;
                }
            }
        }
        return all.getFirst();
    }

    /** Serves the APIs that clients make. */
    public void serve(DeployedApis apis) {
        deployed = apis;
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        var named = handleNamed(request);
        return named == null ? gateway.handle(declared(declared, request), request) : named;
    }

    /** Answers a request to APIs that have no host; its path is without the stage. */
    public Response answer(Served served, Request request) throws IOException, InterruptedException {
        return gateway.handle(served, request);
    }

    /** Answers a request that names by its host or path what it is for; null where it does not. */
    public @Nullable Response handleNamed(Request request) throws IOException, InterruptedException {
        var host = request.host();
        if (host.contains("lambda-url")) {
            var url = FUNCTION_URL.matcher(host);
            if (url.matches()) {
                return functionUrls.handle(request, url.group(1));
            }
        }
        if (host.contains("execute-api")) {
            var api = DEPLOYED.matcher(host);
            if (api.matches()) {
                return deployed(request, api.group(1), request.rawPath());
            }
        }
        if (request.rawPath().startsWith("/restapis/")) {
            var api = BY_PATH.matcher(request.rawPath());
            if (api.matches()) {
                var rest = api.group(3) == null ? "/" : api.group(3);
                return deployed(request, api.group(1), api.group(2) + rest);
            }
        }
        return null;
    }

    private Response deployed(Request request, String id, String path) throws IOException, InterruptedException {
        var found = deployed.find(id, path);
        return found == null
                ? new Response(
                        403,
                        Headers.of("Content-Type", "application/json", "x-amzn-ErrorType", "ForbiddenException"),
                        Body.of("{\"message\":\"Forbidden\"}"))
                : gateway.handle(found.served(), request.withPath(found.path()));
    }
}
