package dev.ruststack.operator.seed;

import dev.ruststack.crds.KeyReference;
import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.Part;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.Content;
import dev.ruststack.crds.function.Code;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.table.TableSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every ConfigMap and Secret that the seeding part of a spec refers to. */
public final class References {
    private final List<Reference> found = new ArrayList<>();

    private References(RustStackSpec spec) {
        for (int i = 0; i < spec.buckets().size(); i++) {
            addBucket(spec.buckets().get(i), "spec.buckets[" + i + "]");
        }
        for (int i = 0; i < spec.tables().size(); i++) {
            addTable(spec.tables().get(i), "spec.tables[" + i + "]");
        }
        for (int i = 0; i < spec.layers().size(); i++) {
            addCode(spec.layers().get(i).code().code(), "spec.layers[" + i + "].code");
        }
        for (int i = 0; i < spec.functions().size(); i++) {
            addFunction(spec.functions().get(i), "spec.functions[" + i + "]");
        }
    }

    public static References of(RustStackSpec spec) {
        return new References(spec);
    }

    /** In the order of the spec; one object may be referred to often. */
    public List<Reference> all() {
        return List.copyOf(found);
    }

    /** The objects to be read, each once. */
    public SortedSet<Reference.Target> targets() {
        var targets = new TreeSet<Reference.Target>();
        found.forEach(reference -> targets.add(reference.target()));
        return targets;
    }

    /**
     * What the spec refers to that is not there: the object, or one of its keys.
     *
     * @param present of the objects that exist, the keys
     */
    public List<Reference> missing(Map<Reference.Target, Set<String>> present) {
        return found.stream()
                .filter(reference -> {
                    var keys = present.get(reference.target());
                    return keys == null || (reference.key() != null && !keys.contains(reference.key()));
                })
                .toList();
    }

    /** What of an object the spec asks for: all of it, or the keys that it names. */
    SeedWriter.Keys keys(Reference.Target target) {
        var named = new HashSet<String>();
        for (var reference : found) {
            if (!reference.target().equals(target)) {
                continue;
            }
            if (reference.key() == null) {
                return key -> true;
            }
            named.add(reference.key());
        }
        return SeedWriter.Keys.of(named);
    }

    private void addBucket(BucketSpec bucket, String path) {
        for (int i = 0; i < bucket.objects().size(); i++) {
            Content content = bucket.objects().get(i).content();
            var at = path + ".objects[" + i + "].content";
            addKey(Reference.Kind.CONFIG_MAP, content.configMapKeyRef(), at + ".configMapKeyRef");
            addKey(Reference.Kind.SECRET, content.secretKeyRef(), at + ".secretKeyRef");
            addParts(content.parts(), at);
        }
        for (int i = 0; i < bucket.objectsFrom().size(); i++) {
            var from = bucket.objectsFrom().get(i);
            var at = path + ".objectsFrom[" + i + "]";
            addWhole(Reference.Kind.CONFIG_MAP, from.configMapRef(), at + ".configMapRef");
            addWhole(Reference.Kind.SECRET, from.secretRef(), at + ".secretRef");
            addParts(from.parts(), at);
        }
    }

    private void addTable(TableSpec table, String path) {
        for (int i = 0; i < table.itemsFrom().size(); i++) {
            var from = table.itemsFrom().get(i);
            var at = path + ".itemsFrom[" + i + "]";
            addKey(Reference.Kind.CONFIG_MAP, from.configMapKeyRef(), at + ".configMapKeyRef");
            addParts(from.parts(), at);
        }
    }

    private void addFunction(FunctionSpec function, String path) {
        addCode(function.code(), path + ".code");
        var variables = function.environment().variablesFrom();
        for (int i = 0; i < variables.size(); i++) {
            var at = path + ".environment.variablesFrom[" + i + "]";
            addWhole(Reference.Kind.SECRET, variables.get(i).secretRef(), at + ".secretRef");
            addWhole(Reference.Kind.CONFIG_MAP, variables.get(i).configMapRef(), at + ".configMapRef");
        }
    }

    private void addCode(Code code, String path) {
        addWhole(Reference.Kind.CONFIG_MAP, code.configMapRef(), path + ".configMapRef");
        addParts(code.parts(), path);
    }

    private void addParts(List<Part> parts, String path) {
        for (int i = 0; i < parts.size(); i++) {
            var at = path + ".parts[" + i + "]";
            addKey(Reference.Kind.CONFIG_MAP, parts.get(i).configMapKeyRef(), at + ".configMapKeyRef");
            addKey(Reference.Kind.SECRET, parts.get(i).secretKeyRef(), at + ".secretKeyRef");
        }
    }

    private void addKey(Reference.Kind kind, @Nullable KeyReference reference, String path) {
        if (reference != null) {
            found.add(new Reference(new Reference.Target(kind, reference.name()), reference.key(), path));
        }
    }

    private void addWhole(Reference.Kind kind, @Nullable NameReference reference, String path) {
        if (reference != null) {
            found.add(new Reference(new Reference.Target(kind, reference.name()), null, path));
        }
    }
}
