package dev.ruststack.operator.desired;

import dev.ruststack.crds.Credentials;
import dev.ruststack.crds.EnvironmentVariable;
import dev.ruststack.crds.RustStackSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The emulator's environment: its settings, and the further variables of the stack. */
final class EmulatorVariables {
    static final String DATA_DIRECTORY = "/var/lib/ruststack";
    static final String SEED_DIRECTORY = "/etc/ruststack/seed";

    private final Stack stack;
    private final Platform platform;
    private final Facts facts;

    EmulatorVariables(Stack stack, Platform platform, Facts facts) {
        this.stack = stack;
        this.platform = platform;
        this.facts = facts;
    }

    List<EnvVar> all() {
        var variables = new ArrayList<EnvVar>();
        variables.addAll(server());
        variables.addAll(secrets());
        variables.addAll(lambda());
        var taken = variables.stream().map(EnvVar::getName).collect(Collectors.toSet());
        stack.spec().emulator().env().stream()
                .filter(variable -> !isTaken(variable.name(), taken))
                .map(EmulatorVariables::further)
                .forEach(variables::add);
        return variables;
    }

    /** Names that are the operator's: {@link Validate} says so where the stack has one. */
    static boolean isReserved(String name) {
        return name.startsWith("RUSTSTACK_") || name.startsWith("AWS_");
    }

    private static boolean isTaken(String name, Set<String> taken) {
        return isReserved(name) || taken.contains(name);
    }

    private List<EnvVar> server() {
        RustStackSpec spec = stack.spec();
        var verification = spec.credentials().verification();
        return List.of(
                PodParts.variable("RUSTSTACK_BIND_ADDRESS", "0.0.0.0"),
                port("RUSTSTACK_AWS_PORT", Names.AWS_PORT),
                port("RUSTSTACK_FRONT_PORT", Names.FRONT_PORT),
                port("RUSTSTACK_RUNTIME_PORT", Names.RUNTIME_PORT),
                port("RUSTSTACK_ADMIN_PORT", Names.ADMIN_PORT),
                PodParts.variable("RUSTSTACK_REGION", spec.region()),
                PodParts.variable("RUSTSTACK_ACCOUNT_ID", spec.accountId()),
                PodParts.variable("RUSTSTACK_SIGNATURES", verification == null ? Credentials.STRICT : verification),
                PodParts.variable("RUSTSTACK_HOSTS", String.join(",", Endpoints.hosts(stack, platform))),
                PodParts.variable("RUSTSTACK_DATA_DIRECTORY", DATA_DIRECTORY),
                PodParts.variable("RUSTSTACK_STORAGE", spec.storage().type()),
                PodParts.variable("RUSTSTACK_DYNAMODB", spec.dynamodb().enabled() ? DynamoDbContainer.ENDPOINT : null),
                PodParts.variable("RUSTSTACK_SEED_DIRECTORY", SEED_DIRECTORY),
                PodParts.variable("RUSTSTACK_LOG_LEVEL", spec.emulator().logLevel()));
    }

    private List<EnvVar> secrets() {
        var internal = Names.internalSecret(stack);
        var credentials = Names.credentialsSecret(stack);
        return List.of(
                PodParts.fromSecret("RUSTSTACK_ADMIN_TOKEN", internal, InternalTokens.ADMIN_TOKEN),
                PodParts.fromSecret("RUSTSTACK_RUNNER_KEY", internal, InternalTokens.RUNNER_KEY),
                PodParts.fromSecret(AwsKeys.ACCESS_KEY_ID, credentials, AwsKeys.ACCESS_KEY_ID),
                PodParts.fromSecret(AwsKeys.SECRET_ACCESS_KEY, credentials, AwsKeys.SECRET_ACCESS_KEY));
    }

    private List<EnvVar> lambda() {
        var lambda = stack.spec().lambda();
        return List.of(
                PodParts.variable("RUSTSTACK_EXECUTOR", lambda.executor()),
                PodParts.variable("RUSTSTACK_RUNTIME_FUNCTIONS", lambda.runtimeFunctions()),
                PodParts.variable("RUSTSTACK_MAX_RUNNERS", String.valueOf(platform.maxRunners(stack))),
                PodParts.variable("RUSTSTACK_IDLE_SECONDS", String.valueOf(lambda.idleSeconds())),
                PodParts.variable("RUSTSTACK_FUNCTION_ENDPOINT", Endpoints.ofFunctions(stack)),
                PodParts.variable("RUSTSTACK_FUNCTION_S3_ENDPOINT", Endpoints.s3OfFunctions(stack, facts)));
    }

    private static EnvVar port(String name, int number) {
        return PodParts.variable(name, String.valueOf(number));
    }

    private static EnvVar further(EnvironmentVariable variable) {
        var from = variable.valueFrom();
        if (from == null) {
            return PodParts.variable(variable.name(), variable.value());
        }
        var secret = from.secretKeyRef();
        if (secret != null) {
            return PodParts.fromSecret(variable.name(), secret.name(), secret.key());
        }
        var result = new EnvVarBuilder().withName(variable.name());
        var configMap = from.configMapKeyRef();
        if (configMap != null) {
            result.withNewValueFrom()
                    .withNewConfigMapKeyRef(configMap.key(), configMap.name(), null)
                    .endValueFrom();
        }
        return result.build();
    }
}
