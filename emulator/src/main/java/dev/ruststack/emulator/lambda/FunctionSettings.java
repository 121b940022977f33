package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request, or a declaration in a RustStack, says of a function's configuration; null for what it leaves out.
 * AWS: Lambda API Reference, CreateFunction and UpdateFunctionConfiguration; Lambda quotas.
 *
 * @param memorySize MB, 128 to 10240, by default 128
 * @param timeout seconds, 1 to 900, by default 3
 * @param ephemeralStorage MB, 512 to 10240, by default 512
 * @param environment at most 4 KB as JSON, without the keys that Lambda sets itself
 * @param architectures one, by default x86_64
 * @param image the function's own image, which brings runtime and handler
 * @param layers null to keep those that there are
 * @param services what ties it to other services
 */
public record FunctionSettings(
        @Nullable String runtime,
        @Nullable String handler,
        @Nullable String role,
        @Nullable String description,
        @Nullable Integer memorySize,
        @Nullable Integer timeout,
        @Nullable Integer ephemeralStorage,
        @Nullable Map<String, String> environment,
        @Nullable List<String> architectures,
        @Nullable Image image,
        @Nullable FunctionLayers layers,
        ServiceSettings services) {
    private static final String ROLE = "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
    private static final String HANDLER = "[^\\s]+";
    private static final String VARIABLE = "[a-zA-Z]([a-zA-Z0-9_])+";
    private static final int MAX_ENVIRONMENT_BYTES = 4_096;
    private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");

    /** AWS: Lambda Developer Guide, Defined runtime environment variables, those that are reserved. */
    private static final List<String> RESERVED = List.of(
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_MAX_CONCURRENCY",
            "AWS_LAMBDA_METADATA_API",
            "AWS_LAMBDA_METADATA_TOKEN",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SECRET_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    public FunctionSettings {
        environment = environment == null ? null : Map.copyOf(environment);
        architectures = architectures == null ? null : List.copyOf(architectures);
    }

    /** Settings of a function with a deployment package. */
    public FunctionSettings(
            @Nullable String runtime,
            @Nullable String handler,
            @Nullable String role,
            @Nullable String description,
            @Nullable Integer memorySize,
            @Nullable Integer timeout,
            @Nullable Integer ephemeralStorage,
            @Nullable Map<String, String> environment,
            @Nullable List<String> architectures) {
        this(
                runtime,
                handler,
                role,
                description,
                memorySize,
                timeout,
                ephemeralStorage,
                environment,
                architectures,
                null,
                null,
                ServiceSettings.NONE);
    }

    public FunctionSettings withImage(@Nullable Image newImage) {
        return new FunctionSettings(
                runtime,
                handler,
                role,
                description,
                memorySize,
                timeout,
                ephemeralStorage,
                environment,
                architectures,
                newImage,
                layers,
                services);
    }

    public FunctionSettings withServices(ServiceSettings newServices) {
        return new FunctionSettings(
                runtime,
                handler,
                role,
                description,
                memorySize,
                timeout,
                ephemeralStorage,
                environment,
                architectures,
                image,
                layers,
                newServices);
    }

    public FunctionSettings withLayers(@Nullable FunctionLayers newLayers) {
        return new FunctionSettings(
                runtime,
                handler,
                role,
                description,
                memorySize,
                timeout,
                ephemeralStorage,
                environment,
                architectures,
                image,
                newLayers,
                services);
    }

    /** Checks what a single member may be; the first step, together with the request's other members. */
    public Constraints check(Constraints constraints) {
        constraints
                .matches("role", role, ROLE)
                .matches("handler", handler, HANDLER)
                .length("handler", handler, 0, 128)
                .length("description", description, 0, 256)
                .range("timeout", timeout, 1, 900)
                .range("memorySize", memorySize, 128, 10_240)
                .range("ephemeralStorage.size", ephemeralStorage, 512, 10_240);
        if (environment != null && !environment.keySet().stream().allMatch(key -> key.matches(VARIABLE))) {
            // AWS holds back the value, which may be a secret.
            constraints.violation(
                    "Value",
                    "environment.variables",
                    "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: " + VARIABLE
                            + "]");
        }
        checkArchitectures(constraints);
        services.check(constraints);
        return constraints;
    }

    private void checkArchitectures(Constraints constraints) {
        if (architectures != null && architectures.size() != 1) {
            var bound = architectures.isEmpty() ? "greater than or equal to 1" : "less than or equal to 1";
            constraints.violation("Value '" + architectures + "'", "architectures", "Member must have length " + bound);
        }
        checkArchitectures(constraints, "architectures", architectures);
    }

    /** Checks that there are such architectures. */
    public static void checkArchitectures(
            Constraints constraints, String member, @Nullable List<String> architectures) {
        if (architectures != null && !ARCHITECTURES.containsAll(architectures)) {
            constraints.violation(
                    "Value '" + architectures + "'",
                    member,
                    "Member must satisfy constraint: [Member must satisfy enum value set: " + ARCHITECTURES
                            + ", Member must not be null]");
        }
    }

    /** Checks that there are, or were, such runtimes. */
    public static void checkRuntimes(Constraints constraints, String member, @Nullable List<String> runtimes) {
        if (runtimes != null && !Runtimes.known().containsAll(runtimes)) {
            constraints.violation(
                    "Value '" + runtimes + "'",
                    member,
                    "Member must satisfy constraint: [Member must satisfy enum value set: " + Runtimes.known()
                            + ", Member must not be null]");
        }
    }

    /** Checks what Lambda itself looks at, one error at a time; the second step. */
    public void requireSound() {
        if (runtime != null) {
            Runtimes.require(runtime);
        }
        services.requireSound(runtime);
        if (environment == null) {
            return;
        }
        var reserved = new TreeSet<>(environment.keySet());
        reserved.retainAll(RESERVED);
        if (!reserved.isEmpty()) {
            throw badEnvironment(
                    "contains reserved keys that are currently not supported for modification. Reserved keys used in this request: "
                            + String.join(", ", reserved));
        }
        int bytes = JsonMapper.shared().writeValueAsString(environment).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_ENVIRONMENT_BYTES) {
            throw badEnvironment("exceeded the 4KB limit. Measured size: " + bytes + " bytes");
        }
    }

    private static RuntimeException badEnvironment(String text) {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(
                "Lambda was unable to configure your environment variables because the environment variables you have provided "
                        + text);
    }

    /** The first revision of a function with these settings, still Pending. */
    FunctionConfiguration newFunction(FunctionName name, Code code, Instant now) {
        if (image == null && (runtime == null || handler == null)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }
        return new FunctionConfiguration(
                        name.name(),
                        name.arn(),
                        FunctionName.LATEST,
                        runtime == null ? "" : runtime,
                        handler == null ? "" : handler,
                        "",
                        "",
                        128,
                        3,
                        512,
                        Map.of(),
                        List.of("x86_64"),
                        code,
                        image,
                        FunctionLayers.NONE,
                        ServiceSettings.NONE,
                        State.PENDING,
                        null,
                        now,
                        UUID.randomUUID().toString())
                .toBuilder().settings(this).build();
    }
}
