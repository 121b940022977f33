package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.AliasSpec;
import dev.ruststack.crds.function.Destination;
import dev.ruststack.crds.function.FunctionEventInvokeConfig;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.FunctionUrlConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a function has beside its code and its configuration. What it has already is not put again, so that nothing gets
 * another revision where nothing changes.
 */
final class SettingsOfFunction {
    private final LambdaPlace place;
    private final FunctionSpec function;
    private final List<FunctionSetting> all = new ArrayList<>();

    SettingsOfFunction(LambdaPlace place, FunctionSpec function) {
        this.place = place;
        this.function = function;
        var lambda = place.lambda();
        var path = path("2015-03-31");
        all.add(new TagsSetting(lambda, place.functionArn(function.name()), function.tags()));
        all.add(new LambdaDocument(
                lambda,
                new LambdaDocument.Name("reservedConcurrentExecutions", "FunctionConcurrency"),
                new LambdaDocument.Address(
                        path("2019-09-30") + "/concurrency", path("2017-10-31") + "/concurrency", "PUT"),
                number("ReservedConcurrentExecutions", function.reservedConcurrentExecutions()),
                null));
        all.add(new LambdaDocument(
                lambda,
                new LambdaDocument.Name("recursiveLoop", "FunctionRecursionConfig"),
                LambdaDocument.Address.of(path("2024-08-31") + "/recursion-config"),
                function.recursiveLoop() == null ? null : loop(function.recursiveLoop()),
                loop("Terminate")));
        var versions = new VersionSetting(lambda, function.name(), function.publishes());
        all.add(versions);
        qualified("", "", function.functionEventInvokeConfig(), function.functionUrlConfig());
        all.add(new PermissionsSetting(
                lambda,
                "permissions",
                new PermissionsSetting.Target(path + "/policy", "", place.functionArn(function.name())),
                function.permissions()));
        for (int i = 0; i < function.aliases().size(); i++) {
            alias(function.aliases().get(i), "aliases[" + i + "]", versions);
        }
        for (int i = 0; i < function.eventSourceMappings().size(); i++) {
            all.add(new MappingSetting(
                    place,
                    "eventSourceMappings[" + i + "]",
                    function.name(),
                    function.eventSourceMappings().get(i)));
        }
    }

    private void alias(AliasSpec alias, String field, VersionSetting versions) {
        var lambda = place.lambda();
        var query = "?Qualifier=" + alias.name();
        all.add(new AliasSetting(lambda, field, alias, versions));
        all.add(new ProvisionedSetting(
                lambda,
                field + ".provisionedConcurrentExecutions",
                path("2019-09-30") + "/provisioned-concurrency" + query,
                alias.provisionedConcurrentExecutions()));
        qualified(field + ".", query, alias.functionEventInvokeConfig(), alias.functionUrlConfig());
        all.add(new PermissionsSetting(
                lambda,
                field + ".permissions",
                new PermissionsSetting.Target(
                        path("2015-03-31") + "/policy", query, place.functionArn(function.name()) + ":" + alias.name()),
                alias.permissions()));
    }

    /** What functions and aliases have alike. */
    private void qualified(
            String field,
            String query,
            @Nullable FunctionEventInvokeConfig eventInvoke,
            @Nullable FunctionUrlConfig url) {
        all.add(new LambdaDocument(
                place.lambda(),
                new LambdaDocument.Name(field + "functionEventInvokeConfig", "FunctionEventInvokeConfig"),
                LambdaDocument.Address.of(path("2019-09-25") + "/event-invoke-config" + query),
                eventInvoke == null ? null : eventInvoke(eventInvoke),
                null));
        all.add(new LambdaDocument(
                place.lambda(),
                new LambdaDocument.Name(field + "functionUrlConfig", "FunctionUrlConfig"),
                LambdaDocument.Address.of(path("2021-10-31") + "/url" + query).created("POST"),
                url == null ? null : url(url),
                null));
    }

    private String path(String version) {
        return "/" + version + "/functions/" + function.name();
    }

    private static @Nullable ObjectNode number(String member, @Nullable Integer value) {
        return value == null ? null : Calls.JSON.createObjectNode().put(member, value);
    }

    private static ObjectNode loop(String value) {
        return Calls.JSON.createObjectNode().put("RecursiveLoop", value);
    }

    private ObjectNode eventInvoke(FunctionEventInvokeConfig config) {
        var document = Calls.JSON.createObjectNode();
        if (config.maximumRetryAttempts() != null) {
            document.put("MaximumRetryAttempts", config.maximumRetryAttempts());
        }
        if (config.maximumEventAgeInSeconds() != null) {
            document.put("MaximumEventAgeInSeconds", config.maximumEventAgeInSeconds());
        }
        var destinations = config.destinationConfig();
        if (destinations != null) {
            var node = document.putObject("DestinationConfig");
            destination(node, "OnSuccess", destinations.onSuccess());
            destination(node, "OnFailure", destinations.onFailure());
        }
        return document;
    }

    private void destination(ObjectNode node, String member, @Nullable Destination destination) {
        if (destination != null) {
            node.putObject(member).put("Destination", place.arn(destination));
        }
    }

    private static ObjectNode url(FunctionUrlConfig url) {
        var document =
                Calls.JSON.createObjectNode().put("AuthType", url.authType()).put("InvokeMode", url.invokeMode());
        var cors = url.cors();
        if (cors != null) {
            var node = document.putObject("Cors");
            if (cors.allowCredentials() != null) {
                node.put("AllowCredentials", cors.allowCredentials());
            }
            if (cors.maxAge() != null) {
                node.put("MaxAge", cors.maxAge());
            }
            texts(node, "AllowHeaders", cors.allowHeaders());
            texts(node, "AllowMethods", cors.allowMethods());
            texts(node, "AllowOrigins", cors.allowOrigins());
            texts(node, "ExposeHeaders", cors.exposeHeaders());
        }
        return document;
    }

    private static void texts(ObjectNode node, String member, List<String> values) {
        if (!values.isEmpty()) {
            var list = node.putArray(member);
            values.forEach(list::add);
        }
    }

    /** Whether anything is declared. */
    boolean declared() {
        return all.stream().anyMatch(FunctionSetting::declared);
    }

    /**
     * Gives the function every declared setting.
     *
     * @param exact whether a setting that is not declared becomes that of a new function
     */
    void apply(boolean exact) throws SeedException, IOException, InterruptedException {
        for (var setting : all) {
            if ((setting.declared() || exact) && !setting.holds()) {
                setting.put();
            }
        }
        if (exact) {
            prune();
        }
    }

    private void prune() throws SeedException, IOException {
        var aliases = path("2015-03-31") + "/aliases";
        var names = function.aliases().stream().map(AliasSpec::name).toList();
        var found = Calls.read(Calls.require(place.lambda().call("GET", aliases), "ListAliases"));
        for (var alias : found.path("Aliases")) {
            var name = alias.path("Name").asString("");
            if (!names.contains(name)) {
                Calls.require(place.lambda().call("DELETE", aliases + "/" + name), "DeleteAlias");
            }
        }
        for (var mapping : MappingSetting.all(place, function.name())) {
            if (!isDeclared(mapping)) {
                var target =
                        MappingSetting.MAPPINGS + "/" + mapping.path("UUID").asString("");
                Calls.require(place.lambda().call("DELETE", target), "DeleteEventSourceMapping");
            }
        }
    }

    private boolean isDeclared(tools.jackson.databind.JsonNode found) throws SeedException, IOException {
        for (var setting : all) {
            if (setting instanceof MappingSetting mapping && mapping.isOf(found)) {
                return true;
            }
        }
        return false;
    }

    /** The first declared setting that the function does not have; null where it has them all. */
    @Nullable
    String changed() throws SeedException, IOException {
        for (var setting : all) {
            if (setting.declared() && !setting.holds()) {
                return setting.field();
            }
        }
        return null;
    }
}
