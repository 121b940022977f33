package dev.ruststack.emulator;

import dev.ruststack.emulator.seed.SeedItem;
import org.jspecify.annotations.Nullable;

/**
 * One bucket, table, function or route, as the admin API shows it.
 *
 * @param kind {@code Bucket}, {@code Table}, {@code Layer}, {@code Function}, {@code RestApi} or {@code HttpApi}
 * @param origin {@code Declared}, or {@code Runtime} for what a client made
 * @param state {@code Ready}, {@code Pending}, {@code Failed} or {@code Drifted}
 * @param reason one CamelCase word; null where it is ready
 * @param message a sentence; null where it is ready
 * @param items objects, items or routes; null where that does not apply
 * @param runners execution environments of a function; null for others
 */
record StackItem(
        String kind,
        String name,
        String origin,
        String state,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String arn,
        @Nullable Integer items,
        @Nullable Integer runners) {
    static final String DECLARED = "Declared";
    static final String RUNTIME = "Runtime";
    static final String PENDING = "Pending";
    static final String DRIFTED = "Drifted";

    static StackItem of(SeedItem item) {
        return new StackItem(
                item.kind(),
                item.name(),
                DECLARED,
                item.state(),
                item.reason(),
                item.error(),
                item.arn(),
                item.items(),
                null);
    }

    static StackItem pending(String kind, String name) {
        return new StackItem(kind, name, DECLARED, PENDING, "Seeding", "it is being seeded", null, null, null);
    }

    /** What a client has done to an item, as {@link SeedItem} names it, in a word and a sentence. */
    record Drift(String reason, String message) {
        static final Drift DELETED = new Drift(SeedItem.DELETED, "it was deleted by a client");

        static Drift changed(String field) {
            return new Drift(SeedItem.CHANGED, field + " was changed by a client");
        }
    }

    StackItem drifted(Drift drift) {
        return new StackItem(kind, name, origin, DRIFTED, drift.reason, drift.message, null, null, null);
    }

    StackItem withRunners(int count) {
        return new StackItem(kind, name, origin, state, reason, message, arn, items, count);
    }

    boolean ready() {
        return state.equals(SeedItem.READY);
    }

    boolean is(String otherKind, String otherName) {
        return kind.equals(otherKind) && name.equals(otherName);
    }
}
