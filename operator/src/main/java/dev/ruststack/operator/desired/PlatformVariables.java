package dev.ruststack.operator.desired;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the operator's environment: the one place that knows the variables' names and defaults. */
final class PlatformVariables {
    static final String DYNAMODB_IMAGE = "amazon/dynamodb-local:3.1.0";

    private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");
    private static final Set<String> LOG_LEVELS = Set.of("Error", "Warn", "Info", "Debug", "Trace");

    private final Map<String, String> environment;

    PlatformVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    Platform platform() {
        return new Platform(images(), features(), limits(), process(), text("CLUSTER_DOMAIN", "cluster.local"));
    }

    private Images images() {
        return new Images(
                required("RELATED_IMAGE_EMULATOR"),
                text("RELATED_IMAGE_DYNAMODB", DYNAMODB_IMAGE),
                required("RELATED_IMAGE_RUNNER"),
                Images.runtimes(pairs("RUSTSTACK_RUNTIME_IMAGES")),
                oneOf("IMAGE_PULL_POLICY", PULL_POLICIES));
    }

    private Platform.Features features() {
        return new Platform.Features(
                flag("TTL_ENABLED", true),
                flag("INGRESS_ENABLED", true),
                flag("GATEWAY_API_ENABLED", false),
                flag("NETWORK_POLICY_ENABLED", true),
                flag("OPENSHIFT", false));
    }

    private Platform.Limits limits() {
        var runners = number("MAX_RUNNERS", 0, 100);
        return new Platform.Limits(
                runners == null ? 100 : runners.intValue(), number("MAX_TTL_SECONDS", 60, Integer.MAX_VALUE));
    }

    private Platform.OperatorProcess process() {
        var logLevel = oneOf("LOG_LEVEL", LOG_LEVELS);
        return new Platform.OperatorProcess(
                list("WATCH_NAMESPACES"),
                given("POD_NAMESPACE"),
                given("POD_NAME"),
                flag("LEADER_ELECTION", false),
                logLevel == null ? "Info" : logLevel);
    }

    /** A variable that is set to nothing counts as absent: charts write them so. */
    private @Nullable String given(String name) {
        var value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? null : value;
    }

    private String text(String name, String otherwise) {
        var value = given(name);
        return value == null ? otherwise : value;
    }

    private String required(String name) {
        var value = given(name);
        if (value == null) {
            throw wrong(name, "is missing: the image that the operator runs");
        }
        return value;
    }

    private boolean flag(String name, boolean otherwise) {
        var value = text(name, String.valueOf(otherwise));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "is '" + value + "' where true or false is expected");
        };
    }

    private @Nullable Long number(String name, long min, long max) {
        var value = given(name);
        if (value == null) {
            return null;
        }
        try {
            var number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw wrong(name, "is '" + value + "' where a whole number is expected");
        }
        throw wrong(name, "is " + value + ", which is not between " + min + " and " + max);
    }

    private @Nullable String oneOf(String name, Set<String> allowed) {
        var value = given(name);
        if (value == null) {
            return null;
        }
        return allowed.stream()
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "is '" + value + "', which is none of "
                                + String.join(", ", allowed.stream().sorted().toList())));
    }

    private List<String> list(String name) {
        return Arrays.stream(environment.getOrDefault(name, "").split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private Map<String, String> pairs(String name) {
        var pairs = new TreeMap<String, String>();
        for (var entry : list(name)) {
            var equals = entry.indexOf('=');
            if (equals < 1 || equals == entry.length() - 1) {
                throw wrong(name, "has '" + entry + "' where runtime=image is expected");
            }
            pairs.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return pairs;
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("the environment variable " + name + " " + what);
    }
}
