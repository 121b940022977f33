package dev.ruststack.crds.yaml;

import java.util.Comparator;
import java.util.List;

/**
 * What a check found, in the order of the file.
 *
 * @param problems what has to be put right before the document can be used
 * @param warnings what works, but not as one might think
 */
public record Findings(List<Problem> problems, List<Problem> warnings) {
    public Findings {
        problems = inOrder(problems);
        warnings = inOrder(warnings);
    }

    private static List<Problem> inOrder(List<Problem> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
