package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.emulator.aws.InProcess.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Seeds one function: created where it is missing, its code and configuration updated where they differ, then what it
 * has beside these, for which other functions may have to be there. It is ready once an execution environment has
 * initialised, so that a handler that cannot be imported shows here and not at the first request.
 */
final class FunctionSeeder {
    static final String FUNCTIONS = "/2015-03-31/functions";
    private static final Duration ACTIVATION = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    /** Initialises environments of a function, one at least, and keeps so many from now on; why it cannot, or null. */
    interface Warmer {
        @Nullable
        StartFailure warm(String functionName, int minRunners) throws InterruptedException;
    }

    private final FunctionRequest request;
    private final Calls lambda;
    private final Warmer warmer;

    /** The digests of the packages that were seeded, by function. */
    private final Map<String, String> packages;

    FunctionSeeder(FunctionRequest request, Warmer warmer, Map<String, String> packages) {
        this.request = request;
        this.lambda = request.place().lambda();
        this.warmer = warmer;
        this.packages = packages;
    }

    /** Whether it is ready only after {@link #finish}. */
    boolean hasSettings(FunctionSpec function) {
        return request.exact() || settings(function).declared();
    }

    private SettingsOfFunction settings(FunctionSpec function) {
        return new SettingsOfFunction(request.place(), function);
    }

    /** Makes it, or brings its code and configuration up to date. */
    SeedItem seed(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var found = lambda.call("GET", target(function, "/configuration"));
        if (found.ok()) {
            update(function, Calls.read(found));
        } else {
            create(function);
        }
        var active = awaitActive(function);
        packages.put(function.name(), active.path("CodeSha256").asString(""));
        return hasSettings(function) ? ready(function, active) : warm(function, active);
    }

    /** Gives it what it has beside its code and configuration. */
    SeedItem finish(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        settings(function).apply(request.exact());
        return warm(function, awaitActive(function));
    }

    /** What has become of a function that was made before. */
    SeedItem look(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        if (!lambda.call("GET", target(function, "/configuration")).ok()) {
            return SeedItem.deleted("Function", function.name());
        }
        var changed = changed(function);
        return changed == null
                ? warm(function, awaitActive(function))
                : SeedItem.changed("Function", function.name(), changed);
    }

    /** The first declared field that it does not have; null where it has them all, or is not there. */
    @Nullable
    String changed(FunctionSpec function) throws SeedException, IOException {
        var answer = lambda.call("GET", target(function, "/configuration"));
        if (answer.status() == 404) {
            return null;
        }
        var found = Calls.read(Calls.require(answer, "GetFunctionConfiguration"));
        for (var member : request.configuration(function).properties()) {
            var one = Calls.JSON.createObjectNode();
            one.set(member.getKey(), member.getValue());
            if (!Documents.holds(comparable(found), one)) {
                return Character.toLowerCase(member.getKey().charAt(0))
                        + member.getKey().substring(1);
            }
        }
        var digest = packages.get(function.name());
        boolean sameCode = function.code().imageUri() == null
                ? digest == null || digest.equals(found.path("CodeSha256").asString(""))
                : image(function).equals(function.code().imageUri());
        return sameCode ? settings(function).changed() : "code";
    }

    private static SeedItem ready(FunctionSpec function, JsonNode active) {
        return SeedItem.ready(
                "Function", function.name(), active.path("FunctionArn").asString(), null);
    }

    private SeedItem warm(FunctionSpec function, JsonNode active) throws SeedException, InterruptedException {
        var failure = warmer.warm(function.name(), function.minRunners());
        if (failure != null) {
            var message = "it does not start: " + failure.text();
            throw failure.mayPass()
                    ? new UnavailableException(SeedItem.RUNNER_UNAVAILABLE, message)
                    : new SeedException(message);
        }
        return ready(function, active);
    }

    private void create(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var wanted = request.configuration(function).put("FunctionName", function.name());
        wanted.set("Code", request.code(function));
        if (function.code().imageUri() != null) {
            wanted.put("PackageType", "Image");
        }
        FunctionRequest.architectures(function, wanted);
        Calls.require(lambda.json("POST", FUNCTIONS, wanted), "CreateFunction");
    }

    private void update(FunctionSpec function, JsonNode found) throws SeedException, IOException, InterruptedException {
        var code = request.code(function);
        FunctionRequest.architectures(function, code);
        if (codeDiffers(function, code, found)) {
            Calls.require(lambda.json("PUT", target(function, "/code"), code), "UpdateFunctionCode");
            awaitActive(function);
        }
        var configuration = request.configuration(function);
        if (!Documents.holds(comparable(found), configuration)) {
            Calls.require(
                    lambda.json("PUT", target(function, "/configuration"), configuration),
                    "UpdateFunctionConfiguration");
        }
    }

    /** A function's configuration, with its layers and what starts its image as requests have them. */
    private static JsonNode comparable(JsonNode found) {
        var copy = (ObjectNode) found.deepCopy();
        var layers = copy.putArray("Layers");
        found.path("Layers").forEach(layer -> layers.add(layer.path("Arn")));
        copy.set("ImageConfig", found.path("ImageConfigResponse").path("ImageConfig"));
        return copy;
    }

    private boolean codeDiffers(FunctionSpec function, ObjectNode declared, JsonNode found)
            throws SeedException, IOException, InterruptedException {
        if (declared.has("Architectures")
                && !Documents.same(declared.path("Architectures"), found.path("Architectures"))) {
            return true;
        }
        if (declared.has("ImageUri")) {
            return !image(function).equals(declared.path("ImageUri").asString(""));
        }
        return !found.path("CodeSha256").asString("").equals(digest(function, declared));
    }

    /** What the function's digest would be. */
    private String digest(FunctionSpec function, ObjectNode declared)
            throws SeedException, IOException, InterruptedException {
        var zip = declared.path("ZipFile").asString("");
        if (!zip.isEmpty()) {
            return FunctionSources.digest(Base64.getDecoder().decode(zip));
        }
        awaitActive(function);
        var trial = declared.deepCopy().put("DryRun", true);
        var tried = Calls.require(lambda.json("PUT", target(function, "/code"), trial), "UpdateFunctionCode");
        return Calls.read(tried).path("CodeSha256").asString("");
    }

    private String image(FunctionSpec function) throws SeedException, IOException {
        var whole = lambda.call("GET", target(function, ""));
        return Calls.read(Calls.require(whole, "GetFunction"))
                .path("Code")
                .path("ImageUri")
                .asString("");
    }

    private static String target(FunctionSpec function, String part) {
        return FUNCTIONS + "/" + function.name() + part;
    }

    private JsonNode awaitActive(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var end = Instant.now().plus(ACTIVATION);
        while (true) {
            Answer answer = lambda.call("GET", target(function, "/configuration"));
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
}
