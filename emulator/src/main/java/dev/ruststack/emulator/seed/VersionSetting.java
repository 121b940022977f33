package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether the version published last is what the function is now. */
record VersionSetting(Calls lambda, String function, boolean declared) implements FunctionSetting {
    /** What differs between a function and its version in any case. */
    private static final List<String> OF_ONE = List.of(
            "FunctionArn",
            "Version",
            "RevisionId",
            "LastModified",
            "State",
            "StateReason",
            "StateReasonCode",
            "LastUpdateStatus",
            "LastUpdateStatusReason",
            "LastUpdateStatusReasonCode",
            "SnapStart",
            "MasterArn");

    @Override
    public String field() {
        return "publish";
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        var last = last();
        return !declared || (last != null && Documents.same(content(last), content(latest())));
    }

    @Override
    public void put() throws SeedException, IOException {
        var request = Calls.JSON.createObjectNode();
        Calls.require(lambda.json("POST", target("versions"), request), "publish: PublishVersion");
    }

    private static JsonNode content(JsonNode configuration) {
        return ((ObjectNode) configuration.deepCopy()).remove(OF_ONE);
    }

    private JsonNode latest() throws SeedException, IOException {
        var found = lambda.call("GET", target("configuration"));
        return Calls.read(Calls.require(found, "publish: GetFunctionConfiguration"));
    }

    /** The number of the version published last. */
    String number() throws SeedException, IOException {
        var last = last();
        if (last == null) {
            throw new UnavailableException("aliases: no version of " + function + " is published");
        }
        return last.path("Version").asString("");
    }

    private @Nullable JsonNode last() throws SeedException, IOException {
        JsonNode last = null;
        var marker = "";
        do {
            var query = marker.isEmpty() ? "" : "?Marker=" + LambdaPlace.encoded(marker);
            var page = Calls.read(
                    Calls.require(lambda.call("GET", target("versions") + query), "publish: ListVersionsByFunction"));
            var versions = page.path("Versions");
            var found = versions.path(versions.size() - 1);
            last = found.isMissingNode() ? last : found;
            marker = page.path("NextMarker").asString("");
        } while (!marker.isEmpty());
        return last == null || last.path("Version").asString("").equals("$LATEST") ? null : last;
    }

    private String target(String part) {
        return FunctionSeeder.FUNCTIONS + "/" + function + "/" + part;
    }
}
