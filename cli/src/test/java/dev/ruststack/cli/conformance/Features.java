package dev.ruststack.cli.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What suites can be the check of, in the order of the table: features.txt, where a line that begins with # is the
 * heading of those that follow.
 */
record Features(SequencedMap<String, List<String>> byHeading) {
    static Features read(Path file) throws IOException {
        var byHeading = new LinkedHashMap<String, List<String>>();
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("# ")) {
                byHeading.put(line.substring(2), new ArrayList<>());
            } else {
                byHeading.lastEntry().getValue().add(line);
            }
        }
        return new Features(byHeading);
    }

    List<String> all() {
        return byHeading.values().stream().flatMap(List::stream).toList();
    }

    /** Those of a heading, by operation. */
    static Map<String, List<String>> byOperation(List<String> features) {
        var byOperation = new LinkedHashMap<String, List<String>>();
        for (var feature : features) {
            int colon = feature.indexOf(": ");
            byOperation
                    .computeIfAbsent(feature.substring(0, colon), any -> new ArrayList<>())
                    .add(feature.substring(colon + 2));
        }
        return byOperation;
    }
}
