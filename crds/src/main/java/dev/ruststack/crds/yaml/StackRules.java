package dev.ruststack.crds.yaml;

import dev.ruststack.crds.DynamoDbSpec;
import dev.ruststack.crds.LambdaSpec;
import dev.ruststack.crds.restapi.RouteSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.nodes.Node;

/** Rules between parts of a stack. They look at what is written, so that they work beside mistakes elsewhere. */
final class StackRules {
    private final Node spec;
    private final Place place;
    private final Map<String, String> answered = new HashMap<>();

    StackRules(Node spec, Place place) {
        this.spec = spec;
        this.place = place;
    }

    void check() {
        switchedOff("dynamodb", "mode", DynamoDbSpec.DISABLED, "tables");
        switchedOff("lambda", "executor", LambdaSpec.DISABLED, "functions");
        var functions = ObjectReader.peekAll(spec, "functions").stream()
                .map(function -> ObjectReader.peekText(function, "name"))
                .filter(Objects::nonNull)
                .toList();
        var apis = ObjectReader.peekAll(spec, "restApis");
        for (var i = 0; i < apis.size(); i++) {
            var routes = ObjectReader.peekAll(apis.get(i), "routes");
            for (var j = 0; j < routes.size(); j++) {
                var at = place.field("restApis").item(i).field("routes").item(j);
                function(routes.get(j), functions, at.field("function"));
                route(routes.get(j), i, at.field("path"));
            }
        }
        httpApis(functions);
        notifications(functions);
        new FunctionReferences(spec, place).check();
    }

    private void httpApis(List<String> functions) {
        var apis = ObjectReader.peekAll(spec, "httpApis");
        for (var i = 0; i < apis.size(); i++) {
            var routes = ObjectReader.peekAll(apis.get(i), "routes");
            for (var j = 0; j < routes.size(); j++) {
                var at = place.field("httpApis").item(i).field("routes").item(j);
                function(routes.get(j), functions, at.field("function"));
                httpRoute(routes.get(j), i, at.field("routeKey"));
            }
        }
    }

    private void httpRoute(Node route, int api, Place at) {
        var key = ObjectReader.peekText(route, "routeKey");
        var node = ObjectReader.peek(route, "routeKey");
        if (key != null && node != null) {
            answered("http " + key, "http " + api, key, at, node);
        }
    }

    private void notifications(List<String> functions) {
        var buckets = ObjectReader.peekAll(spec, "buckets");
        for (var i = 0; i < buckets.size(); i++) {
            var notification = ObjectReader.peek(buckets.get(i), "notification");
            if (notification == null) {
                continue;
            }
            var at = place.field("buckets").item(i).field("notification").field("lambdaFunctionConfigurations");
            var configurations = ObjectReader.peekAll(notification, "lambdaFunctionConfigurations");
            for (var j = 0; j < configurations.size(); j++) {
                function(configurations.get(j), functions, at.item(j).field("function"));
            }
        }
    }

    private void switchedOff(String block, String field, String off, String list) {
        var settings = ObjectReader.peek(spec, block);
        var declared = ObjectReader.peek(spec, list);
        if (settings != null
                && off.equals(ObjectReader.peekText(settings, field))
                && !ObjectReader.peekAll(spec, list).isEmpty()
                && declared != null) {
            place.field(list)
                    .problem(
                            declared,
                            "cannot be had while "
                                    + place.field(block).field(field).path() + " is " + off);
        }
    }

    private static void function(Node holder, List<String> functions, Place at) {
        var name = ObjectReader.peekText(holder, "function");
        var node = ObjectReader.peek(holder, "function");
        if (name != null && node != null && !functions.contains(name.replaceFirst(":.*", ""))) {
            var meant = Nearest.to(name, functions).map(near -> "; did you mean " + near + "?");
            at.problem(node, name + " is none of spec.functions" + meant.orElse(""));
        }
    }

    /** All routes share one port, whatever their API, and a variable matches whatever its name. */
    private void route(Node route, int api, Place at) {
        var path = ObjectReader.peekText(route, "path");
        var node = ObjectReader.peek(route, "path");
        if (path == null || node == null) {
            return;
        }
        var method = Objects.requireNonNullElse(ObjectReader.peekText(route, "method"), RouteSpec.ANY);
        answered(method + " " + path, String.valueOf(api), method + " " + path, at, node);
    }

    /** @param api tells those apart that are reported as given twice in one API */
    private void answered(String route, String api, String shown, Place at, Node node) {
        var matched = route.replaceAll("\\{[^}+]*\\}", "{}").replaceAll("\\{[^}]*\\+\\}", "{+}");
        var earlier = answered.putIfAbsent(matched, at.path());
        var reported = answered.putIfAbsent(api + " " + route, "") != null;
        if (earlier != null && !reported) {
            at.problem(node, shown + " is answered by " + earlier + " already");
        }
    }
}
