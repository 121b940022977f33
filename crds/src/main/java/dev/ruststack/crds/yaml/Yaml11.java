package dev.ruststack.crds.yaml;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kubectl and Helm, which read YAML 1.1, make of an unquoted text. Observed with kubectl 1.34 and Helm 3.22: the
 * booleans hold for keys as for values.
 */
final class Yaml11 {
    private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9][0-9_]*_[0-9_]*|0b[01_]+)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");

    private Yaml11() {}

    /** What they read instead of a text that YAML 1.2 reads as text, in words; empty when they read the same. */
    static Optional<String> insteadOfText(String plain) {
        if (TRUE.contains(plain)) {
            return Optional.of("the boolean true");
        } else if (FALSE.contains(plain)) {
            return Optional.of("the boolean false");
        } else if (NUMBER.matcher(plain).matches()) {
            return Optional.of("a number");
        }
        return Optional.empty();
    }

    /** Whether they read a number that YAML 1.2 reads as decimal in base 8. */
    static boolean isOctal(String plain) {
        return OCTAL.matcher(plain).matches();
    }
}
