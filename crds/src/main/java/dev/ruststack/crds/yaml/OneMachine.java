package dev.ruststack.crds.yaml;

import dev.ruststack.crds.LambdaSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ./ruststack up} makes of a resource that is also made for clusters. What it cannot do is refused by name,
 * with a remedy; what only means something in a cluster is named in a warning; nothing is ignored in silence.
 */
public final class OneMachine {
    /** Fields that are refused, and what to do instead. */
    private static final Map<String, String> REFUSED = inOrder(
            "spec.credentials.secretRef", "there is no cluster to take a Secret from; leave it out",
            "spec.buckets[*].objects[*].content.configMapKeyRef",
                    "there is no cluster to take it from; use text, base64 or path",
            "spec.buckets[*].objects[*].content.secretKeyRef",
                    "there is no cluster to take it from; use text, base64 or path",
            "spec.buckets[*].objectsFrom[*].configMapRef", "there is no cluster to take it from; use path",
            "spec.buckets[*].objectsFrom[*].secretRef", "there is no cluster to take it from; use path",
            "spec.buckets[*].objectsFrom[*].parts", "there is no cluster to take them from; use path",
            "spec.buckets[*].objects[*].content.parts",
                    "there is no cluster to take them from; use text, base64 or path",
            "spec.tables[*].itemsFrom[*].configMapKeyRef", "there is no cluster to take it from; use path or items",
            "spec.tables[*].itemsFrom[*].parts", "there is no cluster to take them from; use path or items",
            "spec.layers[*].code.configMapRef", "there is no cluster to take it from; use path, files or s3",
            "spec.layers[*].code.parts", "there is no cluster to take them from; use path, files or s3",
            "spec.layers[*].code.url", "downloads are not built yet; use path",
            "spec.functions[*].code.configMapRef", "there is no cluster to take it from; use path, files or s3",
            "spec.functions[*].code.parts", "there is no cluster to take them from; use path, files or s3",
            "spec.functions[*].code.url", "downloads are not built yet; use path",
            "spec.functions[*].environment.variablesFrom", "there is no cluster to take them from; use variables");

    /** What only containers can do. */
    private static final Map<String, String> REFUSED_AS_PROCESS = Map.of(
            "spec.functions[*].code.imageUri",
            "an image needs a container: use lambda.executor: Docker (or up --docker), or path, files or s3 with runtime"
                    + " and handler");

    /** What means something only where functions run in containers. */
    private static final List<String> WITHOUT_EFFECT_AS_PROCESS = List.of("spec.lambda.images", "spec.lambda.warmPool");

    /** Fields that mean something in a cluster only. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "spec.storage.size",
            "spec.storage.storageClassName",
            "spec.storage.reclaimPolicy",
            "spec.emulator.image",
            "spec.emulator.resources",
            "spec.emulator.env",
            "spec.dynamodb.image",
            "spec.dynamodb.resources",
            "spec.exposure",
            "spec.networkPolicy",
            "spec.binding",
            "spec.lifetime",
            "spec.podTemplate");

    private OneMachine() {}

    /** What one machine refuses (problems) and passes over (warnings). {@code executor: Pods} means Process here. */
    public static Findings check(RustStackDocument document) {
        return check(document, false);
    }

    /** As {@link #check}, where {@code docker} has functions run in containers whatever the document says. */
    public static Findings check(RustStackDocument document, boolean docker) {
        var lambda = document.spec().lambda();
        boolean containers = docker || lambda.executor().equals(LambdaSpec.DOCKER);
        var problems = new ArrayList<Problem>();
        var warnings = new ArrayList<Problem>();
        document.locations().byPath().forEach((path, location) -> {
            var pattern = path.replaceAll("\\[[0-9]+\\]", "[*]");
            if (location.blank()) {
                return;
            }
            if (REFUSED.containsKey(pattern)) {
                problems.add(document.problem(path, "cannot be had on one machine: " + REFUSED.get(pattern)));
            } else if (!containers && REFUSED_AS_PROCESS.containsKey(pattern)) {
                problems.add(document.problem(path, REFUSED_AS_PROCESS.get(pattern)));
            } else if (WITHOUT_EFFECT.contains(pattern)) {
                warnings.add(document.problem(path, "without effect on one machine"));
            } else if (!containers && WITHOUT_EFFECT_AS_PROCESS.contains(pattern)) {
                warnings.add(document.problem(path, "without effect on one machine, but with lambda.executor: Docker"));
            }
        });
        if (lambda.executor().equals(LambdaSpec.DISABLED)) {
            problems.add(
                    document.problem("spec.lambda.executor", lambda.executor() + " is not built yet; use Process"));
        }
        if (lambda.runtimeFunctions().equals(LambdaSpec.DENY)) {
            problems.add(document.problem("spec.lambda.runtimeFunctions", "Deny is not built yet; use Allow"));
        }
        if (lambda.maxRunners() == 0) {
            problems.add(document.problem("spec.lambda.maxRunners", "0 leaves no room for a function; use 1 or more"));
        }
        return new Findings(problems, warnings);
    }

    private static Map<String, String> inOrder(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
