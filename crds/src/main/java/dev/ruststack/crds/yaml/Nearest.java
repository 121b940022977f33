package dev.ruststack.crds.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {
    /** Longer than any name; the cost of comparing grows with the square. */
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The nearest of the names, unless even that one is another word. */
    public static Optional<String> to(String given, Collection<String> names) {
        return given.length() > LONGEST
                ? Optional.empty()
                : names.stream()
                        .filter(name ->
                                distance(given, name) <= Math.max(1, Math.min(given.length(), name.length()) / 3))
                        .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /** Letters to add, drop, change or swap with their neighbour; case does not count. */
    static int distance(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var table = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        var change = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var best = Math.min(change, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, 1 + table[i - 2][j - 2]) : best;
    }
}
