package dev.ruststack.cli.cluster;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.terminal.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applies a packaged stack and follows its conditions until it is ready. */
final class Deployment {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String RESOURCE = "ruststacks.ruststack.dev";

    private final Kubectl kubectl;
    private final PackagedStack stack;
    private final Progress progress;

    Deployment(Kubectl kubectl, PackagedStack stack, Progress progress) {
        this.kubectl = kubectl;
        this.stack = stack;
        this.progress = progress;
    }

    /** Returns the resource once it is ready; throws a {@link CommandException} where it will not be, or not in time. */
    JsonNode run(Duration timeout) throws IOException, InterruptedException {
        var applying = progress.begin("Applying " + stack.name());
        try {
            var text = YamlNodes.print(stack.documents());
            kubectl.require(text, namespaced("apply", "--server-side", "-f", "-"));
        } catch (CommandException e) {
            applying.failed();
            throw e;
        }
        applying.done();
        var ready = follow(System.nanoTime() + timeout.toNanos());
        removeOldPieces();
        return ready;
    }

    private JsonNode follow(long end) throws IOException, InterruptedException {
        var step = progress.begin("Waiting for " + stack.name());
        var last = "";
        while (System.nanoTime() < end) {
            var found = resource();
            var ready = condition(found, "Ready");
            var stalled = condition(found, "Stalled");
            if (isTrue(ready)) {
                step.done();
                return found;
            }
            last = describe(found, ready);
            step.detail(last);
            if (isTrue(stalled)) {
                step.failed();
                throw new CommandException(
                        ExitCode.FAILED, stack.name() + " cannot become ready: " + text(stalled), items(found));
            }
            Thread.sleep(POLL);
        }
        step.failed();
        throw new CommandException(
                ExitCode.FAILED,
                stack.name() + " is not ready in time: " + (last.isEmpty() ? "no operator has looked at it" : last),
                items(resource()));
    }

    private JsonNode resource() throws IOException, InterruptedException {
        var output = kubectl.require("", namespaced("get", RESOURCE, stack.name(), "-o", "json"));
        return JsonMapper.shared().readTree(output);
    }

    /** A condition of the generation that was applied. */
    private static Optional<JsonNode> condition(JsonNode resource, String type) {
        long generation = resource.path("metadata").path("generation").asLong();
        return StreamSupport.stream(resource.path("status").path("conditions").spliterator(), false)
                .filter(each -> each.path("type").asString("").equals(type))
                .filter(each -> each.path("observedGeneration").asLong(0) == generation)
                .findFirst();
    }

    private static boolean isTrue(Optional<JsonNode> condition) {
        return condition
                .map(each -> each.path("status").asString("").equals("True"))
                .orElse(false);
    }

    private static String text(Optional<JsonNode> condition) {
        return condition
                .map(each -> each.path("reason").asString("") + ": "
                        + each.path("message").asString(""))
                .orElse("");
    }

    private static String describe(JsonNode resource, Optional<JsonNode> ready) {
        var status = resource.path("status");
        var counts = new ArrayList<String>();
        for (var kind : List.of("buckets", "tables", "functions")) {
            var count = status.path(kind);
            if (count.path("total").asInt(0) > 0) {
                counts.add(kind + " " + count.path("ready").asInt(0) + "/"
                        + count.path("total").asInt(0));
            }
        }
        var reason = text(ready);
        return counts.isEmpty() ? reason : reason + " (" + String.join(", ", counts) + ")";
    }

    /** Those items that are not ready, one a line. */
    private static String items(JsonNode resource) {
        var lines = new ArrayList<String>();
        for (var item : resource.path("status").path("resources")) {
            if (!item.path("state").asString("").equals("Ready")) {
                lines.add(item.path("kind").asString("") + " "
                        + item.path("name").asString("") + ": "
                        + item.path("message").asString(item.path("reason").asString("pending")));
            }
        }
        return String.join("\n", lines);
    }

    /** Those of files that have changed since; they have other names now. */
    private void removeOldPieces() throws IOException, InterruptedException {
        var found = kubectl.require(
                "", namespaced("get", "configmaps", "-l", Pieces.LABEL + "=" + stack.name(), "-o", "name"));
        var old = found.lines()
                .filter(line -> !stack.pieces().names().contains(line.replaceFirst("^configmap/", "")))
                .toList();
        if (!old.isEmpty()) {
            var command = new ArrayList<>(List.of("delete", "--ignore-not-found"));
            command.addAll(old);
            kubectl.require("", namespaced(command.toArray(String[]::new)));
        }
    }

    private String[] namespaced(String... command) {
        var namespace = stack.namespace();
        if (namespace == null) {
            return command;
        }
        var line = new ArrayList<>(Arrays.asList(command));
        line.addAll(1, List.of("-n", namespace));
        return line.toArray(String[]::new);
    }
}
