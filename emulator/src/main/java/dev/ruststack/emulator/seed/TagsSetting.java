package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tags of a function. */
record TagsSetting(Calls lambda, String functionArn, Map<String, String> tags) implements FunctionSetting {
    @Override
    public String field() {
        return "tags";
    }

    @Override
    public boolean declared() {
        return !tags.isEmpty();
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        return Documents.same(find(), document());
    }

    @Override
    public void put() throws SeedException, IOException {
        var others = find().propertyNames().stream()
                .filter(key -> !tags.containsKey(key))
                .map(key -> "tagKeys=" + LambdaPlace.encoded(key))
                .collect(Collectors.joining("&"));
        if (!others.isEmpty()) {
            Calls.require(lambda.call("DELETE", target() + "?" + others), "tags: UntagResource");
        }
        if (!tags.isEmpty()) {
            var request = Calls.JSON.createObjectNode();
            request.set("Tags", document());
            Calls.require(lambda.json("POST", target(), request), "tags: TagResource");
        }
    }

    private JsonNode find() throws SeedException, IOException {
        return Calls.read(Calls.require(lambda.call("GET", target()), "tags: ListTags"))
                .path("Tags");
    }

    private ObjectNode document() {
        var document = Calls.JSON.createObjectNode();
        tags.forEach(document::put);
        return document;
    }

    private String target() {
        return "/2017-03-31/tags/" + LambdaPlace.encoded(functionArn);
    }
}
