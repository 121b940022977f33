package dev.ruststack.emulator;

import dev.ruststack.emulator.seed.SeedItem;
import org.jspecify.annotations.Nullable;

/**
 * One bucket, table, function or route, as the admin API shows it.
 *
 * @param kind {@code Bucket}, {@code Table}, {@code Function} or {@code RestApi}
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

    StackItem drifted() {
        return new StackItem(kind, name, origin, DRIFTED, "Deleted", "it was deleted by a client", null, null, null);
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
