package dev.ruststack.crds.yaml;

import java.util.List;

/** What reading a file gave. */
public sealed interface ReadResult {
    /**
     * Every document can be used.
     *
     * @param documents at least one, in the order of the file
     * @param warnings what works, but not as one might think
     */
    record Valid(List<RustStackDocument> documents, List<Problem> warnings) implements ReadResult {
        public Valid {
            documents = List.copyOf(documents);
            warnings = List.copyOf(warnings);
        }
    }

    /** At least one problem; no document is given, so that none is used by half. */
    record Invalid(List<Problem> problems, List<Problem> warnings) implements ReadResult {
        public Invalid {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
