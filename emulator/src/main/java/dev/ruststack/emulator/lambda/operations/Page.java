package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LambdaError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is ordered by name, and the marker that the rest is asked for with.
 *
 * @param nextMarker null where nothing is left
 */
record Page<T>(List<T> items, @Nullable String nextMarker) {
    /** Lambda gives no more at once, whatever MaxItems says. */
    private static final int MOST = 50;

    static <T> Page<T> of(
            List<T> all, @Nullable String marker, @Nullable Integer maxItems, Function<? super T, String> nameOf) {
        new Constraints().range("maxItems", maxItems, 1, 10_000).check();
        var after = marker == null || marker.isEmpty() ? "" : decode(marker);
        var rest = all.stream()
                .filter(item -> nameOf.apply(item).compareTo(after) > 0)
                .toList();
        int count = Math.min(maxItems == null ? MOST : maxItems, MOST);
        if (rest.size() <= count) {
            return new Page<>(rest, null);
        }
        var items = rest.subList(0, count);
        return new Page<>(items, encode(nameOf.apply(items.getLast())));
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Invalid marker: " + marker);
        }
    }
}
