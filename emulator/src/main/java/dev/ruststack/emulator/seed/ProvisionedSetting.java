package dev.ruststack.emulator.seed;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The environments that are kept initialised for an alias.
 *
 * @param wanted null where nothing is declared
 */
record ProvisionedSetting(
        Calls lambda, String field, String target, @Nullable Integer wanted) implements FunctionSetting {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public boolean declared() {
        return wanted != null;
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        var found = find();
        return wanted == null
                ? found == null
                : found != null
                        && found.path("RequestedProvisionedConcurrentExecutions")
                                        .asInt(0)
                                == wanted;
    }

    @Override
    public void put() throws SeedException, IOException, InterruptedException {
        if (wanted == null) {
            Calls.require(lambda.call("DELETE", target), field + ": DeleteProvisionedConcurrencyConfig");
            return;
        }
        var request = Calls.JSON.createObjectNode().put("ProvisionedConcurrentExecutions", wanted);
        Calls.require(lambda.json("PUT", target, request), field + ": PutProvisionedConcurrencyConfig");
        awaitReady();
    }

    /** Nobody would tell otherwise that there is no room for them. */
    private void awaitReady() throws SeedException, IOException, InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            var found = find();
            var status = found == null ? "" : found.path("Status").asString("");
            if (status.equals("READY")) {
                return;
            }
            if (found != null && status.equals("FAILED")) {
                throw new UnavailableException(
                        SeedItem.RUNNER_UNAVAILABLE,
                        field + ": " + found.path("StatusReason").asString(""));
            }
            Thread.sleep(POLL);
        }
        throw new UnavailableException(
                SeedItem.RUNNER_UNAVAILABLE, field + ": not ready after " + PATIENCE.toSeconds() + " s");
    }

    private @Nullable JsonNode find() throws SeedException, IOException {
        var answer = lambda.call("GET", target);
        return answer.status() == 404
                ? null
                : Calls.read(Calls.require(answer, field + ": GetProvisionedConcurrencyConfig"));
    }
}
