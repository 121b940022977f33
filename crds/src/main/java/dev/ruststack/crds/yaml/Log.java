package dev.ruststack.crds.yaml;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Gathers what is found while one file is read. */
final class Log {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int misfits;

    Log(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** A broken rule between values that by themselves are right. */
    void brokenRule(Problem problem) {
        problems.add(problem);
    }

    /** A value that does not fit by itself: what it belongs to cannot be made. */
    void misfit(Problem problem) {
        problems.add(problem);
        misfits++;
    }

    void misfit(Node at, String path, String message) {
        misfit(at(at, path, message));
    }

    void warning(Node at, String path, String message) {
        warnings.add(at(at, path, message));
    }

    int misfits() {
        return misfits;
    }

    /** Lets what is around be made for its own rules, though parts of it do not fit. */
    void forgetMisfitsSince(int earlier) {
        misfits = earlier;
    }

    Findings findings() {
        return new Findings(problems, warnings);
    }

    private Problem at(Node node, String path, String message) {
        return node.getStartMark()
                .map(mark -> new Problem(file, mark.getLine() + 1, mark.getColumn() + 1, path, message))
                .orElseGet(() -> new Problem(file, 0, 0, path, message));
    }
}
