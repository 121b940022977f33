package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionLayers.Layer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layers of every account and region. A version that is deleted is no longer there for functions to come, and stays
 * with those that have it. Safe for use by several threads. AWS: Lambda Developer Guide, Managing Lambda dependencies
 * with layers.
 */
public final class Layers {
    private static final Logger LOG = LoggerFactory.getLogger(Layers.class);
    private static final int MOST = 5;

    /** How long a package stays for a function that has just been told to have it. */
    private static final Duration LINGERS = Duration.ofMinutes(1);

    private final CodeArchives archives;

    /** By ARN, without the version. */
    private final KeptTable<StoredLayer> layers;

    /** Over a table that stays the caller's; takes up the packages of the layers that are in it. */
    public Layers(CodeArchives archives, KeptTable<StoredLayer> layers) throws IOException {
        this.archives = archives;
        this.layers = layers;
        for (var layer : List.copyOf(layers.all().values())) {
            for (var version : layer.versions().values()) {
                if (!archives.restore(code(version))) {
                    LOG.error("The package of {} is gone: the version is lost", version.versionArn());
                    remove(version.arn(), version.version());
                }
            }
        }
    }

    /** The package of a version. */
    public Code code(LayerVersion version) {
        return archives.code(version.home(), version.sha256(), version.size());
    }

    /** The packages of layers and functions. */
    public CodeArchives archives() {
        return archives;
    }

    /** Adds a version that {@code made} makes of its number; it owns the package from then on. */
    public LayerVersion publish(String layerArn, Function<Integer, LayerVersion> made) {
        var layer = layers.change(layerArn, before -> {
            var known = before == null ? StoredLayer.NEW : before;
            return known.with(made.apply(known.lastVersion() + 1));
        });
        var versions = Objects.requireNonNull(layer).versions();
        return Objects.requireNonNull(versions.get(versions.lastKey()));
    }

    /** A version by its ARN; null where there is none. */
    public @Nullable LayerVersion find(String versionArn) {
        var layer = layers.get(LayerName.layer(versionArn));
        return layer == null ? null : layer.versions().get(LayerName.version(versionArn));
    }

    /** A version; {@code ResourceNotFoundException} where there is none. */
    public LayerVersion require(String layerArn, int version) {
        var found = find(layerArn + ":" + version);
        if (found == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.error();
        }
        return found;
    }

    /** The versions of a layer, the newest first; none where there is no such layer. */
    public List<LayerVersion> versions(String layerArn) {
        var layer = layers.get(layerArn);
        return layer == null ? List.of() : new ArrayList<>(layer.versions().values()).reversed();
    }

    /** The ARNs of the layers of an account and region, by name. */
    public List<String> list(String accountId, String region) {
        return List.copyOf(
                layers.startingWith(LayerName.arn(accountId, region, "")).keySet());
    }

    /** Deletes a version; that there is none is no error. */
    public void delete(String layerArn, int version) {
        var found = find(layerArn + ":" + version);
        if (found != null && remove(layerArn, version)) {
            archives.release(code(found), LINGERS);
        }
    }

    private boolean remove(String layerArn, int version) {
        var removed = new boolean[1];
        layers.change(layerArn, before -> {
            removed[0] = before != null && before.versions().containsKey(version);
            return before == null ? null : before.without(version);
        });
        return removed[0];
    }

    /** Removes every layer. */
    public void clear() {
        for (var arn : List.copyOf(layers.all().keySet())) {
            versions(arn).forEach(version -> delete(arn, version.version()));
            layers.remove(arn);
        }
    }

    /** Replaces the policy of a version, which is then another revision. */
    public LayerVersion change(
            LayerVersion version, @Nullable String revisionId, UnaryOperator<ResourcePolicy> change) {
        layers.change(version.arn(), before -> {
            var current = before == null ? null : before.versions().get(version.version());
            if (before == null || current == null) {
                throw LambdaError.RESOURCE_NOT_FOUND.error();
            }
            if (revisionId != null && !revisionId.equals(current.policyRevision())) {
                throw LambdaError.PRECONDITION_FAILED.saying(
                        "The Revision Id provided does not match the latest Revision Id. Call the"
                                + " GetLayerVersionPolicy API to retrieve the latest Revision Id");
            }
            return before.with(current.withPolicy(
                    change.apply(current.policy()), UUID.randomUUID().toString()));
        });
        return require(version.arn(), version.version());
    }

    /**
     * The layers that a function is to have, their files put together.
     *
     * @param own the function's own package, which counts for the size; null where it has none
     */
    public FunctionLayers resolve(List<String> versionArns, @Nullable Code own) throws IOException {
        if (versionArns.isEmpty()) {
            return FunctionLayers.NONE;
        }
        requireFewAndDistinct(versionArns);
        var found = new ArrayList<Layer>();
        for (var arn : versionArns) {
            var version = find(arn);
            if (version == null) {
                throw invalid("Layer version " + arn + " does not exist.");
            }
            found.add(new Layer(arn, code(version)));
        }
        var codes = found.stream().map(Layer::code).toList();
        requireSmall(codes, own);
        return new FunctionLayers(found, archives.together(codes));
    }

    private static void requireFewAndDistinct(List<String> versionArns) {
        if (versionArns.size() > MOST) {
            throw invalid("Cannot reference more than " + MOST + " layers.");
        }
        var seen = new HashMap<String, String>();
        for (var arn : versionArns) {
            var other = seen.put(LayerName.layer(arn), arn);
            if (other != null) {
                throw invalid("Two different versions of the same layer are not allowed to be referenced in the same"
                        + " function. " + other + " and " + arn + " are versions of the same layer.");
            }
        }
    }

    /** Throws where a package is too large together with a function's layers. */
    public void requireRoom(FunctionLayers besides, Code own) throws IOException {
        if (!besides.none()) {
            requireSmall(besides.codes(), own);
        }
    }

    private static void requireSmall(List<Code> codes, @Nullable Code own) throws IOException {
        long size = own == null || own.ofImage() ? 0 : FileTree.size(own.directory());
        for (var code : codes) {
            size += FileTree.size(code.directory());
        }
        if (size > CodeArchive.MAX_UNZIPPED) {
            throw invalid("Function code combined with layers exceeds the maximum allowed size of "
                    + CodeArchive.MAX_UNZIPPED + " bytes. The actual size is " + size + " bytes.");
        }
    }

    /** Bytes of all packages of an account's layers in a region. */
    public long codeSize(String accountId, String region) {
        return list(accountId, region).stream()
                .flatMap(arn -> versions(arn).stream())
                .mapToLong(LayerVersion::size)
                .sum();
    }

    private static AwsException invalid(String text) {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(text);
    }
}
