package dev.ruststack.operator.seed;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One place of a spec that refers to a ConfigMap or Secret of the stack's namespace.
 *
 * @param key the key that is wanted; null where every key is
 * @param fieldPath where it is asked for, such as {@code spec.tables[0].itemsFrom[0].configMapKeyRef}
 */
public record Reference(Target target, @Nullable String key, String fieldPath) {
    /** What is referred to. */
    public record Target(Kind kind, String name) implements Comparable<Target> {
        private static final Comparator<Target> ORDER =
                Comparator.comparing(Target::kind).thenComparing(Target::name);

        @Override
        public int compareTo(Target other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return kind.text + " " + name;
        }
    }

    /** Kinds of objects that hold content. */
    public enum Kind {
        CONFIG_MAP("ConfigMap"),
        SECRET("Secret");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Kubernetes' name of the kind. */
        public String text() {
            return text;
        }
    }
}
