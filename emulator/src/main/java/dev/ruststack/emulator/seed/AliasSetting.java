package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.AliasSpec;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an alias of a function names. */
record AliasSetting(Calls lambda, String field, AliasSpec alias, VersionSetting versions) implements FunctionSetting {
    @Override
    public boolean declared() {
        return true;
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        var found = find();
        return found != null && Documents.holds(found, document());
    }

    @Override
    public void put() throws SeedException, IOException {
        if (find() == null) {
            var request = document().put("Name", alias.name());
            Calls.require(lambda.json("POST", aliases(), request), field + ": CreateAlias");
        } else {
            Calls.require(lambda.json("PUT", target(), document()), field + ": UpdateAlias");
        }
    }

    private @Nullable JsonNode find() throws SeedException, IOException {
        var answer = lambda.call("GET", target());
        return answer.status() == 404 ? null : Calls.read(Calls.require(answer, field + ": GetAlias"));
    }

    private ObjectNode document() throws SeedException, IOException {
        var version = alias.functionVersion();
        var document =
                Calls.JSON.createObjectNode().put("FunctionVersion", version == null ? versions.number() : version);
        if (alias.description() != null) {
            document.put("Description", alias.description());
        }
        var routing = alias.routingConfig();
        if (routing != null) {
            var weights = document.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
            routing.additionalVersionWeights().forEach((number, weight) -> weights.put(number, new BigDecimal(weight)));
        }
        return document;
    }

    private String aliases() {
        return FunctionSeeder.FUNCTIONS + "/" + versions.function() + "/aliases";
    }

    private String target() {
        return aliases() + "/" + alias.name();
    }
}
