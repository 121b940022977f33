package dev.ruststack.emulator.lambda.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a process of this machine looks for what is in its layers, since it has no {@code /opt} of its own. AWS: Lambda
 * Developer Guide, Packaging your layer content, Layer paths for each Lambda runtime.
 */
final class LayerPaths {
    private LayerPaths() {}

    /** Environment variables, each with the directories that there are, in their order. */
    static Map<String, String> of(Path layers, String runtime) {
        var paths = new LinkedHashMap<String, String>();
        put(paths, "PATH", layers, List.of("bin"));
        put(paths, "LD_LIBRARY_PATH", layers, List.of("lib"));
        if (runtime.startsWith("python")) {
            put(paths, "PYTHONPATH", layers, List.of("python/lib/" + runtime + "/site-packages", "python"));
        } else if (runtime.startsWith("ruby")) {
            put(paths, "RUBYLIB", layers, List.of("ruby/lib"));
            put(paths, "GEM_PATH", layers, List.of("ruby/gems/" + runtime.substring("ruby".length()) + ".0"));
        } else if (runtime.startsWith("nodejs")) {
            var major = runtime.replaceAll("[^0-9]+", "");
            put(paths, "NODE_PATH", layers, List.of("nodejs/node" + major + "/node_modules", "nodejs/node_modules"));
        }
        return paths;
    }

    private static void put(Map<String, String> paths, String name, Path layers, List<String> directories) {
        var there = new ArrayList<String>();
        for (var directory : directories) {
            var path = layers.resolve(directory);
            if (Files.isDirectory(path)) {
                there.add(path.toString());
            }
        }
        if (!there.isEmpty()) {
            paths.put(name, String.join(File.pathSeparator, there));
        }
    }

    /** Paths and further ones after them. */
    static String join(String first, String second) {
        return first.isEmpty() ? second : first + File.pathSeparator + second;
    }
}
