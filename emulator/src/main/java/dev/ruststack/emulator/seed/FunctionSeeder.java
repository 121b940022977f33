package dev.ruststack.emulator.seed;

import dev.ruststack.crds.FunctionDefaults;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.ImageConfig;
import dev.ruststack.emulator.aws.InProcess.Answer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Seeds one function: created where it is missing, its code and configuration updated where they differ. It is ready
 * once an execution environment has initialised, so that a handler that cannot be imported shows here and not at the
 * first request.
 */
final class FunctionSeeder {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final Duration ACTIVATION = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    /** Initialises environments of a function, one at least, and keeps so many from now on; why it cannot, or null. */
    interface Warmer {
        @Nullable
        StartFailure warm(String functionName, int minRunners) throws InterruptedException;
    }

    private final Calls lambda;
    private final FunctionSources sources;
    private final FunctionDefaults defaults;
    private final String accountId;
    private final Warmer warmer;

    FunctionSeeder(Calls lambda, SeedSources sources, FunctionDefaults defaults, String accountId, Warmer warmer) {
        this.lambda = lambda;
        this.sources = new FunctionSources(sources);
        this.defaults = defaults;
        this.accountId = accountId;
        this.warmer = warmer;
    }

    SeedItem seed(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var found = lambda.call("GET", FUNCTIONS + "/" + function.name() + "/configuration");
        if (found.ok()) {
            update(function, Calls.read(found));
        } else {
            var request = configuration(function).put("FunctionName", function.name());
            request.set("Code", code(function));
            if (function.code().imageUri() != null) {
                request.put("PackageType", "Image");
            }
            architectures(function, request);
            Calls.require(lambda.json("POST", FUNCTIONS, request), "CreateFunction");
        }
        return warm(function);
    }

    /** What has become of a function that was made before. */
    SeedItem look(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        return lambda.call("GET", FUNCTIONS + "/" + function.name() + "/configuration")
                        .ok()
                ? warm(function)
                : SeedItem.deleted("Function", function.name());
    }

    private SeedItem warm(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var active = awaitActive(function);
        var failure = warmer.warm(function.name(), function.minRunners());
        if (failure != null) {
            var message = "it does not start: " + failure.text();
            throw failure.mayPass()
                    ? new UnavailableException(SeedItem.RUNNER_UNAVAILABLE, message)
                    : new SeedException(message);
        }
        return SeedItem.ready(
                "Function", function.name(), active.path("FunctionArn").asString(), null);
    }

    private void update(FunctionSpec function, JsonNode found) throws SeedException, IOException, InterruptedException {
        var code = code(function);
        architectures(function, code);
        if (codeDiffers(function, code, found)) {
            Calls.require(lambda.json("PUT", FUNCTIONS + "/" + function.name() + "/code", code), "UpdateFunctionCode");
            awaitActive(function);
        }
        var configuration = configuration(function);
        if (differs(configuration, found)) {
            Calls.require(
                    lambda.json("PUT", FUNCTIONS + "/" + function.name() + "/configuration", configuration),
                    "UpdateFunctionConfiguration");
        }
    }

    private boolean codeDiffers(FunctionSpec function, JsonNode declared, JsonNode found)
            throws SeedException, IOException {
        if (declared.has("ImageUri")) {
            var whole = lambda.call("GET", FUNCTIONS + "/" + function.name());
            var image =
                    Calls.read(Calls.require(whole, "GetFunction")).path("Code").path("ImageUri");
            return !image.equals(declared.path("ImageUri"));
        }
        var zip = declared.path("ZipFile").asString("");
        return zip.isEmpty() || !found.path("CodeSha256").asString().equals(sha256(zip));
    }

    private static boolean differs(ObjectNode declared, JsonNode found) {
        return declared.properties().stream()
                .anyMatch(member -> !member.getValue().equals(found.path(member.getKey()))
                        && !(member.getKey().equals("Environment")
                                && member.getValue().path("Variables").isEmpty())
                        && !member.getKey().equals("Architectures")
                        && !(member.getKey().equals("ImageConfig")
                                && member.getValue()
                                        .equals(found.path("ImageConfigResponse")
                                                .path("ImageConfig"))));
    }

    private ObjectNode configuration(FunctionSpec function) throws SeedException, ReferenceMissingException {
        var node = Calls.JSON
                .createObjectNode()
                .put("Role", "arn:aws:iam::" + accountId + ":role/ruststack")
                .put("MemorySize", function.memorySize(defaults))
                .put("Timeout", function.timeout(defaults));
        if (function.code().imageUri() == null) {
            node.put("Runtime", function.runtime()).put("Handler", function.handler());
        } else {
            imageConfig(function.imageConfig(), node);
        }
        if (function.description() != null) {
            node.put("Description", function.description());
        }
        var variables = node.putObject("Environment").putObject("Variables");
        sources.variables(function).forEach(variables::put);
        return node;
    }

    private static void imageConfig(ImageConfig image, ObjectNode node) {
        if (image.equals(ImageConfig.NONE)) {
            return;
        }
        var config = node.putObject("ImageConfig");
        if (!image.entryPoint().isEmpty()) {
            image.entryPoint().forEach(config.putArray("EntryPoint")::add);
        }
        if (!image.command().isEmpty()) {
            image.command().forEach(config.putArray("Command")::add);
        }
        if (image.workingDirectory() != null) {
            config.put("WorkingDirectory", image.workingDirectory());
        }
    }

    private static void architectures(FunctionSpec function, ObjectNode request) {
        if (!function.architectures().isEmpty()) {
            function.architectures().forEach(request.putArray("Architectures")::add);
        }
    }

    private ObjectNode code(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var code = function.code();
        var node = Calls.JSON.createObjectNode();
        if (code.imageUri() != null) {
            return node.put("ImageUri", code.imageUri());
        }
        var s3 = code.s3();
        if (s3 != null) {
            return node.put("S3Bucket", s3.bucket()).put("S3Key", s3.key());
        }
        return node.put("ZipFile", Base64.getEncoder().encodeToString(sources.zip(function.name(), code)));
    }

    private JsonNode awaitActive(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var end = Instant.now().plus(ACTIVATION);
        while (true) {
            Answer answer = lambda.call("GET", FUNCTIONS + "/" + function.name() + "/configuration");
            var found = Calls.read(Calls.require(answer, "GetFunctionConfiguration"));
            var state = found.path("State").asString();
            var update = found.path("LastUpdateStatus").asString("Successful");
            if (state.equals("Active") && update.equals("Successful")) {
                return found;
            }
            if (state.equals("Failed") || update.equals("Failed")) {
                throw new SeedException(found.path("StateReason")
                        .asString(found.path("LastUpdateStatusReason").asString("it failed")));
            }
            if (Instant.now().isAfter(end)) {
                throw new SeedException("still " + state + " after " + ACTIVATION.toSeconds() + " s");
            }
            Thread.sleep(POLL);
        }
    }

    private static String sha256(String base64Zip) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64Zip));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
