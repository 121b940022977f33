package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationService;
import dev.ruststack.emulator.aws.wire.KnownRoutes;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.httpfront.DeployedApis;
import dev.ruststack.emulator.httpfront.HttpFront;
import dev.ruststack.emulator.journal.KeptTable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** API Gateway: the lists of its operations, v1 for REST APIs and v2, beneath {@code /v2/}, for HTTP APIs. */
public final class ApiGatewayService implements AwsService {
    private final OperationService restApis;
    private final OperationService httpApis;

    /**
     * @param table keeps every resource; stays the caller's
     * @param front serves what is deployed
     */
    public ApiGatewayService(KeptTable<JsonNode> table, HttpFront front, Authenticator authenticator, Clock clock) {
        var rest = RestApiOperations.of(table, front::answer, clock);
        var http = HttpApiOperations.of(table, clock);
        restApis = service(rest.operations(), "routes.txt", authenticator);
        httpApis = service(http.operations(), "routes-v2.txt", authenticator);
        front.serve(either(rest.served(), http.served()));
    }

    private static DeployedApis either(DeployedApis first, DeployedApis second) {
        return (id, path) -> {
            var found = first.find(id, path);
            return found == null ? second.find(id, path) : found;
        };
    }

    private static OperationService service(
            List<GatewayOperation> operations, String routes, Authenticator authenticator) {
        return new OperationService(
                "apigateway",
                new GatewayProtocol(),
                List.<Operation<?, ?>>copyOf(operations),
                KnownRoutes.of(ApiGatewayService.class, routes),
                authenticator,
                UnaryOperator.identity());
    }

    @Override
    public String name() {
        return "apigateway";
    }

    @Override
    public void observe(CallObserver observer) {
        restApis.observe(observer);
        httpApis.observe(observer);
    }

    @Override
    public Response handle(Request request) throws IOException {
        return (request.rawPath().startsWith("/v2/") ? httpApis : restApis).handle(request);
    }
}
