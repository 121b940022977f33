package dev.ruststack.emulator.seed;

import org.jspecify.annotations.Nullable;

/**
 * One declared thing and what became of it.
 *
 * @param kind {@code Bucket}, {@code Table}, {@code Layer}, {@code Function}, {@code RestApi} or {@code HttpApi}
 * @param state {@code Ready}, {@code Pending}, {@code Failed}, or {@code Drifted}: gone or changed, and not
 *     made again
 * @param arn null for what has none, or is not there
 * @param items objects of a bucket, items of a table, routes of an API; null where it does not apply
 * @param reason the kind of trouble, in one CamelCase word; null where it is ready
 * @param error what went wrong and what to do about it; null where it is ready
 */
public record SeedItem(
        String kind,
        String name,
        String state,
        @Nullable String arn,
        @Nullable Integer items,
        @Nullable String reason,
        @Nullable String error) {
    public static final String READY = "Ready";
    public static final String FAILED = "Failed";

    public static final String DRIFTED = "Drifted";

    /** Why an item has drifted that is not there any more. */
    public static final String DELETED = "Deleted";

    /** Why an item has drifted that is there, and not as it is declared. */
    public static final String CHANGED = "Changed";

    /** Why a function failed that no execution environment could be had for: that may change by itself. */
    public static final String RUNNER_UNAVAILABLE = "RunnerUnavailable";

    /** Why an item failed whose service had no time for it, or from under which something was deleted meanwhile. */
    public static final String SERVICE_UNAVAILABLE = "ServiceUnavailable";

    /** Whether it failed, and another attempt may not. */
    public boolean mayRecover() {
        return RUNNER_UNAVAILABLE.equals(reason) || SERVICE_UNAVAILABLE.equals(reason);
    }

    /** Whether there is nothing wrong: one that has drifted is as its users want it. */
    public boolean ready() {
        return state.equals(READY) || state.equals(DRIFTED);
    }

    /** One that was made once, and deleted since. */
    static SeedItem deleted(String kind, String name) {
        return new SeedItem(kind, name, DRIFTED, null, null, DELETED, "it was deleted, and is made only once");
    }

    /** One that was made once, and of which a client changed a field since. */
    static SeedItem changed(String kind, String name, String field) {
        return new SeedItem(
                kind, name, DRIFTED, null, null, CHANGED, field + " was changed, and the item is made only once");
    }

    public static SeedItem ready(String kind, String name, @Nullable String arn, @Nullable Integer items) {
        return new SeedItem(kind, name, READY, arn, items, null, null);
    }

    public static SeedItem failed(String kind, String name, String reason, String error) {
        return new SeedItem(kind, name, FAILED, null, null, reason, error);
    }
}
