package dev.ruststack.emulator.seed;

import java.util.List;

/**
 * The outcome of one seeding.
 *
 * @param revision {@code sha256:…} of the declaration
 * @param durationMilliseconds how long it took
 * @param items every declared thing, in the order of the declaration
 */
public record SeedReport(String revision, long durationMilliseconds, List<SeedItem> items) {
    public static final SeedReport NOTHING = new SeedReport("", 0, List.of());

    public SeedReport {
        items = List.copyOf(items);
    }

    public boolean ready() {
        return items.stream().allMatch(SeedItem::ready);
    }
}
