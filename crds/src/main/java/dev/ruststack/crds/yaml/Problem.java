package dev.ruststack.crds.yaml;

/**
 * A mistake, or a warning, and its place.
 *
 * @param file the name under which the YAML was read
 * @param line counted from 1; 0 when the whole file is meant
 * @param column counted from 1; 0 when the whole file is meant
 * @param fieldPath such as {@code spec.tables[0].name}; empty when no field is meant
 * @param message what is wrong and, where it is not evident, what would be right
 */
public record Problem(String file, int line, int column, String fieldPath, String message) {
    /** One line as compilers print it: {@code stack.yaml:14:7: spec.tables[0].name: missing}. */
    @Override
    public String toString() {
        var place = line == 0 ? file : file + ":" + line + ":" + column;
        return fieldPath.isEmpty() ? place + ": " + message : place + ": " + fieldPath + ": " + message;
    }
}
