package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.apigateway.Patch.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The account's settings, and tags of whatever has them. AWS: API Gateway API Reference, Account; TagResource. */
final class Accounts {
    private static final Patch PATCH = new Patch(Map.of("cloudwatchRoleArn", Kind.TEXT));

    private final Trees accounts;
    private final Map<String, Trees> tagged;

    /** @param tagged what has tags, by the first part of its path in ARNs */
    Accounts(Trees accounts, Map<String, Trees> tagged) {
        this.accounts = accounts;
        this.tagged = tagged;
    }

    List<GatewayOperation> operations() {
        var tags = "/tags/{resource_arn}";
        return List.of(
                GatewayOperation.of("GetAccount GET /account", 200, this::get),
                GatewayOperation.of("UpdateAccount PATCH /account", 200, Patch.REQUEST, this::update),
                GatewayOperation.of("GetTags GET " + tags, 200, this::tags),
                GatewayOperation.of("TagResource PUT " + tags, 204, Set.of("tags"), this::tag),
                GatewayOperation.of("UntagResource DELETE " + tags, 204, this::untag));
    }

    private JsonNode get(GatewayCall call) {
        var account = accounts.all(call).stream().findFirst().orElseGet(GatewayCall::object);
        var answer = GatewayCall.object().put("apiKeyVersion", "4");
        answer.putObject("throttleSettings").put("burstLimit", 5000).put("rateLimit", 10_000);
        answer.putArray("features").add("UsagePlans");
        answer.setAll(account);
        return answer;
    }

    private JsonNode update(GatewayCall call) {
        var account = accounts.all(call).stream()
                .findFirst()
                .map(ObjectNode::deepCopy)
                .orElseGet(GatewayCall::object);
        PATCH.apply(account, call.body());
        accounts.put(call, "account", account);
        return get(call);
    }

    /** What an ARN such as {@code arn:aws:apigateway:us-east-1::/restapis/ID/stages/NAME} names. */
    private record Named(Trees trees, String id, List<String> below) {
        ObjectNode in(ObjectNode tree) {
            if (tree.has("api") && below.isEmpty()) {
                return Trees.child(tree, "api");
            }
            return below.isEmpty()
                    ? tree
                    : Trees.require(
                            tree,
                            () -> GatewayError.NOT_FOUND.saying("Invalid Stage identifier specified"),
                            below.toArray(String[]::new));
        }
    }

    private Named named(GatewayCall call) {
        var arn = call.label("resource_arn");
        var steps = arn.substring(arn.indexOf("/") + 1).split("/");
        var trees = tagged.get(steps[0]);
        if (trees == null || (steps.length != 2 && !(steps.length == 4 && steps[2].equals("stages")))) {
            throw GatewayError.BAD_REQUEST.saying("Invalid ARN for tagging: " + arn);
        }
        return new Named(trees, steps[1], steps.length == 2 ? List.of() : List.of("stages", steps[3]));
    }

    private JsonNode tags(GatewayCall call) {
        var named = named(call);
        var copy = named.trees.require(call, named.id).deepCopy();
        var answer = GatewayCall.object();
        answer.set("tags", Trees.child(named.in(copy), "tags"));
        return answer;
    }

    private @org.jspecify.annotations.Nullable JsonNode tag(GatewayCall call) {
        var named = named(call);
        return none(named.trees.change(call, named.id, tree -> {
            var tags = Trees.child(named.in(tree), "tags");
            call.body().path("tags").properties().forEach(tag -> tags.set(tag.getKey(), tag.getValue()));
            return tree;
        }));
    }

    private @org.jspecify.annotations.Nullable JsonNode untag(GatewayCall call) {
        var named = named(call);
        var keys = call.call().request().query().all("tagKeys");
        return none(named.trees.change(call, named.id, tree -> {
            Trees.child(named.in(tree), "tags").remove(keys);
            return tree;
        }));
    }

    private static @org.jspecify.annotations.Nullable JsonNode none(ObjectNode changed) {
        return changed.isNull() ? changed : null;
    }
}
