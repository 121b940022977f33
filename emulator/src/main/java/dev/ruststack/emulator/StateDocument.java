package dev.ruststack.emulator;

import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.SandboxView;
import dev.ruststack.emulator.seed.SeedItem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The document of {@code GET state}: all that the operator needs to know of an emulator. */
final class StateDocument {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String bootId = UUID.randomUUID().toString();
    private final @Nullable Instant processStarted =
            ProcessHandle.current().info().startInstant().orElse(null);
    private final EmulatorConfig config;
    private final Services services;

    StateDocument(EmulatorConfig config, Services services) {
        this.config = config;
        this.services = services;
    }

    /** The document itself; its components are its members. */
    record Document(
            long sequence,
            String bootId,
            String version,
            @Nullable String startedAt,
            boolean ready,
            @Nullable String notReady,
            Timings timings,
            Seed seed,
            List<StackItem> items,
            List<SandboxView> sandboxes) {}

    /** RFC 3339, with milliseconds. */
    record Timings(
            @Nullable String processStarted,
            @Nullable String listening,
            @Nullable String dynamoDbReady,
            @Nullable String seeded) {}

    /** The last seeding. */
    record Seed(
            @Nullable String revision,
            String state,
            @Nullable Long durationMilliseconds,
            @Nullable String appliedTime) {}

    Document at(StackState.Snapshot now, @Nullable String notReady) {
        var sandboxes = services.sandboxes.wanted();
        var times = now.times();
        var seed = now.seed();
        return new Document(
                now.sequence(),
                bootId,
                StackAdmin.version(),
                text(processStarted),
                notReady == null,
                notReady,
                new Timings(
                        text(processStarted),
                        text(times.listening()),
                        text(times.dynamoDbReady()),
                        text(times.seeded())),
                new Seed(
                        seed.revision().isEmpty() ? null : seed.revision(),
                        seed.state(),
                        seed.durationMilliseconds(),
                        text(seed.appliedTime())),
                items(now.items(), sandboxes),
                sandboxes);
    }

    private List<StackItem> items(List<StackItem> declared, List<SandboxView> sandboxes) {
        var runners = sandboxes.stream()
                .filter(sandbox -> sandbox.function() != null && sandbox.state().equals(SandboxView.CONNECTED))
                .collect(Collectors.groupingBy(sandbox -> String.valueOf(sandbox.function()), Collectors.counting()));
        var all = new ArrayList<>(declared);
        services.functions.list(config.accountId(), config.region()).stream()
                .map(function -> function.configuration())
                .filter(function -> declared.stream().noneMatch(item -> item.is("Function", function.name())))
                .map(StateDocument::madeAtRunTime)
                .forEach(all::add);
        all.replaceAll(item -> item.kind().equals("Function") ? withRunners(item, runners) : item);
        return all;
    }

    private static StackItem withRunners(StackItem function, Map<String, Long> runners) {
        return function.withRunners(runners.getOrDefault(function.name(), 0L).intValue());
    }

    private static StackItem madeAtRunTime(FunctionConfiguration function) {
        boolean active = function.state().equals(FunctionConfiguration.State.ACTIVE);
        return new StackItem(
                "Function",
                function.name(),
                StackItem.RUNTIME,
                active ? SeedItem.READY : StackItem.PENDING,
                active ? null : "Creating",
                active ? null : "it is being made",
                function.arn(),
                null,
                null);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }
}
