package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.httpfront.DeployedApis;
import dev.ruststack.emulator.journal.KeptTable;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The operations of HTTP APIs.
 *
 * @param served what they deploy
 */
record HttpApiOperations(List<GatewayOperation> operations, DeployedApis served) {
    static HttpApiOperations of(KeptTable<JsonNode> table, Clock clock) {
        var apis = new Trees(table, "http", "Invalid API identifier specified {id}");
        var operations = Stream.of(
                        new HttpApis(apis, clock).operations(),
                        HttpParts.operations(apis, clock),
                        new HttpImports(apis, clock).operations())
                .flatMap(List::stream)
                .toList();
        return new HttpApiOperations(operations, new HttpStages(apis));
    }
}
