package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.httpfront.DeployedApis;
import dev.ruststack.emulator.journal.KeptTable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The operations of REST APIs.
 *
 * @param served what they deploy
 */
record RestApiOperations(List<GatewayOperation> operations, DeployedApis served) {
    static RestApiOperations of(KeptTable<JsonNode> table, TestInvocations.Front front, Clock clock) {
        var apis = new Trees(table, "rest", "Invalid API identifier specified {id}");
        var keys = new Trees(table, "key", "Invalid API Key identifier specified");
        var plans = new Trees(table, "plan", "Invalid Usage Plan ID specified");
        var accounts = new Trees(table, "account", "Invalid account");
        var apiKeys = new ApiKeys(keys, plans, clock);
        var tagged = Map.of("restapis", apis, "apikeys", keys, "usageplans", plans);
        var operations = Stream.of(
                        new Accounts(accounts, tagged).operations(),
                        apiKeys.operations(),
                        new Deployments(apis, clock).operations(),
                        new Imports(apis, clock).operations(),
                        new Integrations(apis).operations(),
                        new Methods(apis).operations(),
                        Parts.operations(apis),
                        new Resources(apis).operations(),
                        new ResponseTypes(apis).operations(),
                        new RestApis(apis, clock).operations(),
                        new Stages(apis, clock).operations(),
                        new TestInvocations(apis, front).operations())
                .flatMap(List::stream)
                .toList();
        return new RestApiOperations(operations, new RestStages(apis, apiKeys));
    }
}
