package dev.ruststack.emulator.seed;

import dev.ruststack.crds.FunctionDefaults;
import dev.ruststack.crds.function.Code;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.emulator.aws.InProcess.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    /** AWS: Lambda Developer Guide, Lambda quotas: a deployment package that is uploaded directly. */
    private static final long LARGEST_PACKAGE = 50L * 1024 * 1024;

    /** Initialises an environment of a function; says why it cannot, or null. */
    interface Warmer {
        @Nullable
        String warm(String functionName) throws InterruptedException;
    }

    private final Calls lambda;
    private final SeedSources sources;
    private final FunctionDefaults defaults;
    private final String accountId;
    private final Warmer warmer;

    FunctionSeeder(Calls lambda, SeedSources sources, FunctionDefaults defaults, String accountId, Warmer warmer) {
        this.lambda = lambda;
        this.sources = sources;
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
            architectures(function, request);
            Calls.require(lambda.json("POST", FUNCTIONS, request), "CreateFunction");
        }
        var active = awaitActive(function);
        var failure = warmer.warm(function.name());
        if (failure != null) {
            throw new SeedException(failure);
        }
        return SeedItem.ready(
                "Function", function.name(), active.path("FunctionArn").asString(), null);
    }

    private void update(FunctionSpec function, JsonNode found) throws SeedException, IOException, InterruptedException {
        var code = code(function);
        var zip = code.path("ZipFile").asString("");
        architectures(function, code);
        if (zip.isEmpty() || !found.path("CodeSha256").asString().equals(sha256(zip))) {
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

    private static boolean differs(ObjectNode declared, JsonNode found) {
        return declared.properties().stream()
                .anyMatch(member -> !member.getValue().equals(found.path(member.getKey()))
                        && !(member.getKey().equals("Environment")
                                && member.getValue().path("Variables").isEmpty())
                        && !member.getKey().equals("Architectures"));
    }

    private ObjectNode configuration(FunctionSpec function) {
        var node = Calls.JSON
                .createObjectNode()
                .put("Role", "arn:aws:iam::" + accountId + ":role/ruststack")
                .put("Runtime", function.runtime())
                .put("Handler", function.handler())
                .put("MemorySize", function.memorySize(defaults))
                .put("Timeout", function.timeout(defaults));
        if (function.description() != null) {
            node.put("Description", function.description());
        }
        var variables = node.putObject("Environment").putObject("Variables");
        new TreeMap<>(function.environment().variables()).forEach(variables::put);
        return node;
    }

    private static void architectures(FunctionSpec function, ObjectNode request) {
        if (!function.architectures().isEmpty()) {
            function.architectures().forEach(request.putArray("Architectures")::add);
        }
    }

    private ObjectNode code(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var code = function.code();
        var node = Calls.JSON.createObjectNode();
        var s3 = code.s3();
        if (s3 != null) {
            return node.put("S3Bucket", s3.bucket()).put("S3Key", s3.key());
        }
        return node.put("ZipFile", Base64.getEncoder().encodeToString(zip(function.name(), code)));
    }

    private byte[] zip(String functionName, Code code) throws SeedException, IOException, InterruptedException {
        if (!code.files().isEmpty()) {
            return zip(code.files());
        }
        var path = code.path();
        if (path == null) {
            throw new SeedException("its code is not resolved");
        }
        var file = sources.deploymentPackage(functionName, path);
        if (Files.size(file) > LARGEST_PACKAGE) {
            throw new SeedException("its deployment package has " + Files.size(file) + " bytes, and Lambda takes "
                    + LARGEST_PACKAGE + " directly; put the zip into a bucket and name it as code.s3");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
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
