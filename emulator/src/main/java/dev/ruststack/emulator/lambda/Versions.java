package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.FunctionConfiguration.UpdateStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes versions of functions and deletes them. A version keeps the configuration and the package that
 * {@code $LATEST} had; its execution environments are its own. AWS: Lambda Developer Guide, Manage Lambda function
 * versions.
 */
public final class Versions {
    private static final Publication ANY = new Publication(null, null, null);

    private final Functions functions;
    private final Invoker invoker;
    private final Clock clock;

    public Versions(Functions functions, Invoker invoker, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.clock = clock;
    }

    /**
     * What is asked for with a publication.
     *
     * @param description null for that of {@code $LATEST}
     * @param codeSha256 what {@code $LATEST} has to have; null for whatever it has
     * @param revisionId where {@code $LATEST} has to be; null for wherever it is
     */
    public record Publication(
            @Nullable String description,
            @Nullable String codeSha256,
            @Nullable String revisionId) {}

    /** Publishes {@code $LATEST}; the version published last where nothing has changed since. */
    public FunctionConfiguration publish(FunctionName name, Publication asked) {
        return publishing(retained -> functions.change(name, function -> {
                    functions.requireChangeable(function.configuration(), asked.revisionId());
                    requireCode(asked.codeSha256(), function.configuration().code());
                    return published(function, asked, retained);
                }))
                .versions()
                .getLast();
    }

    /** As {@link Functions#create}, and publishes the function in the same step; the version, Pending as the function. */
    public FunctionConfiguration create(
            FunctionName name, FunctionSettings settings, Code code, Map<String, String> tags) {
        var pending = new StoredFunction(settings.newFunction(name, code, clock.instant()), tags);
        return shown(publishing(retained -> functions.create(published(pending, ANY, retained), name)));
    }

    /** As {@link Functions#update}, and publishes the function in the same step. */
    public FunctionConfiguration update(
            FunctionName name, @Nullable String revisionId, Code code, FunctionSettings settings) {
        return publishing(retained -> functions.update(
                        name,
                        revisionId,
                        builder -> builder.code(code).settings(settings),
                        function -> published(function, ANY, retained)))
                .versions()
                .getLast();
    }

    private static FunctionConfiguration shown(StoredFunction created) {
        return created.versions().getLast().toBuilder()
                .state(created.configuration().state())
                .lastUpdate(created.configuration().lastUpdate())
                .build();
    }

    /** Does something with a version more; the package that was counted for it is let go where it comes to nothing. */
    private StoredFunction publishing(Function<Retained, StoredFunction> change) {
        var retained = new Retained();
        try {
            var published = change.apply(retained);
            retained.code = null;
            return published;
        } finally {
            if (retained.code != null) {
                functions.archives().release(retained.code, Duration.ZERO);
            }
        }
    }

    /** A package that was counted for a version that may come to nothing. */
    private static final class Retained {
        private @Nullable Code code;
    }

    private StoredFunction published(StoredFunction function, Publication asked, Retained retained) {
        var latest = function.configuration();
        var last = function.find(Integer.toString(function.lastVersion()));
        if (last != null && content(last).equals(content(latest))) {
            return function;
        }
        functions.archives().retain(latest.code());
        retained.code = latest.code();
        return function.published(latest.toBuilder()
                .version(Integer.toString(function.lastVersion() + 1))
                .description(asked.description() == null ? latest.description() : asked.description())
                .state(State.ACTIVE)
                .lastUpdate(UpdateStatus.SUCCESSFUL)
                .lastModified(clock.instant())
                .revisionId(UUID.randomUUID().toString())
                .build());
    }

    /** What tells versions apart. */
    private static FunctionConfiguration content(FunctionConfiguration configuration) {
        return configuration.toBuilder()
                .version("")
                .description("")
                .state(State.ACTIVE)
                .lastUpdate(null)
                .lastModified(Instant.EPOCH)
                .revisionId("")
                .build();
    }

    private static void requireCode(@Nullable String sha256, Code latest) {
        if (sha256 != null && !sha256.isEmpty() && !sha256.equals(latest.sha256())) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("CodeSHA256 (" + sha256
                    + ") is different from current CodeSHA256 in $LATEST (" + latest.sha256()
                    + "). Please try again with the CodeSHA256 in $LATEST.");
        }
    }

    /** Deletes the published version that a name means; {@code ResourceConflictException} where an alias needs it. */
    public void delete(FunctionName name) {
        var function = functions.require(name);
        var version = function.find(name.qualifier());
        if (version == null) {
            throw name.notFound();
        }
        if (version.version().equals(FunctionName.LATEST)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "$LATEST version cannot be deleted without deleting the function.");
        }
        if (!version.version().equals(name.qualifier())) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Deletion of aliases is not currently supported.");
        }
        functions.change(name, current -> without(current, version.version(), name));
        invoker.retire(version.arn(), version.version());
        functions.archives().release(version.code(), Functions.staysFor(version));
    }

    private static StoredFunction without(StoredFunction function, String version, FunctionName name) {
        if (function.find(version) == null) {
            throw name.notFound();
        }
        var aliases = function.aliases().values().stream()
                .filter(alias -> alias.refersTo(version))
                .map(Alias::name)
                .sorted()
                .toList();
        if (!aliases.isEmpty()) {
            throw LambdaError.RESOURCE_CONFLICT.saying(
                    "Unable to delete version because the following aliases reference it: " + aliases);
        }
        return function.withVersions(function.versions().stream()
                        .filter(each -> !each.version().equals(version))
                        .toList())
                .withControls(function.controls().without(version));
    }
}
