package dev.ruststack.emulator.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A function and what belongs to it beside its configuration.
 *
 * @param configuration that of {@code $LATEST}
 * @param versions those that are published and not deleted, oldest first
 * @param lastVersion the number of the version published last; a number is not given twice
 * @param aliases by name
 * @param controls what else governs it; null, in journals from before there was any, for nothing
 */
public record StoredFunction(
        FunctionConfiguration configuration,
        Map<String, String> tags,
        List<FunctionConfiguration> versions,
        int lastVersion,
        Map<String, Alias> aliases,
        FunctionControls controls) {
    public StoredFunction {
        controls = Objects.requireNonNullElse(controls, FunctionControls.NONE);
        tags = Map.copyOf(tags);
        versions = List.copyOf(versions);
        aliases = Map.copyOf(aliases);
    }

    StoredFunction(FunctionConfiguration configuration, Map<String, String> tags) {
        this(configuration, tags, List.of(), 0, Map.of(), FunctionControls.NONE);
    }

    /** {@code $LATEST} and every published version. */
    public List<FunctionConfiguration> configurations() {
        var all = new ArrayList<FunctionConfiguration>();
        all.add(configuration);
        all.addAll(versions);
        return all;
    }

    /** The configuration that a qualifier means, an alias by the version it names; null where there is none. */
    public @Nullable FunctionConfiguration find(@Nullable String qualifier) {
        var alias = qualifier == null ? null : aliases.get(qualifier);
        return version(alias == null ? qualifier : alias.version());
    }

    /** As {@link #find}, for one invocation: an alias may share them among versions. */
    public @Nullable FunctionConfiguration route(@Nullable String qualifier, RandomGenerator random) {
        var alias = qualifier == null ? null : aliases.get(qualifier);
        return version(alias == null ? qualifier : alias.route(random));
    }

    private @Nullable FunctionConfiguration version(@Nullable String version) {
        if (version == null || version.equals(FunctionName.LATEST)) {
            return configuration;
        }
        return versions.stream()
                .filter(each -> each.version().equals(version))
                .findFirst()
                .orElse(null);
    }

    /** Whether all versions have the layers that those of another state of the function have. */
    boolean hasLayersOf(StoredFunction other) {
        return layersOfAll().equals(other.layersOfAll());
    }

    private List<FunctionLayers> layersOfAll() {
        return configurations().stream().map(FunctionConfiguration::layers).toList();
    }

    /** The revision of what a qualifier means: of an alias its own. */
    public String revisionId(@Nullable String qualifier) {
        var alias = qualifier == null ? null : aliases.get(qualifier);
        if (alias != null) {
            return alias.revisionId();
        }
        return Objects.requireNonNull(find(qualifier), "no such version").revisionId();
    }

    /** The same, where what a qualifier means has a new revision. */
    public StoredFunction revised(@Nullable String qualifier) {
        var revision = UUID.randomUUID().toString();
        var alias = qualifier == null ? null : aliases.get(qualifier);
        if (alias != null) {
            return withAlias(new Alias(alias.name(), alias.version(), alias.description(), alias.weights(), revision));
        }
        if (qualifier == null || qualifier.equals(FunctionName.LATEST)) {
            return with(configuration.toBuilder().revisionId(revision).build());
        }
        return withVersions(versions.stream()
                .map(each -> each.version().equals(qualifier)
                        ? each.toBuilder().revisionId(revision).build()
                        : each)
                .toList());
    }

    StoredFunction with(FunctionConfiguration newConfiguration) {
        return new StoredFunction(newConfiguration, tags, versions, lastVersion, aliases, controls);
    }

    /** The same with other tags. */
    public StoredFunction withTags(Map<String, String> newTags) {
        return new StoredFunction(configuration, newTags, versions, lastVersion, aliases, controls);
    }

    /** The same, governed otherwise. */
    public StoredFunction withControls(FunctionControls newControls) {
        return new StoredFunction(configuration, tags, versions, lastVersion, aliases, newControls);
    }

    StoredFunction withVersions(List<FunctionConfiguration> newVersions) {
        return new StoredFunction(configuration, tags, newVersions, lastVersion, aliases, controls);
    }

    StoredFunction published(FunctionConfiguration version) {
        var all = new ArrayList<>(versions);
        all.add(version);
        return new StoredFunction(configuration, tags, all, Integer.parseInt(version.version()), aliases, controls);
    }

    /** The same with an alias more, or in the place of the one that has its name. */
    public StoredFunction withAlias(Alias alias) {
        var all = new TreeMap<>(aliases);
        all.put(alias.name(), alias);
        return new StoredFunction(configuration, tags, versions, lastVersion, all, controls);
    }

    /** The same without an alias. */
    public StoredFunction withoutAlias(String name) {
        var all = new TreeMap<>(aliases);
        all.remove(name);
        return new StoredFunction(configuration, tags, versions, lastVersion, all, controls.without(name));
    }
}
