package dev.ruststack.emulator.lambda.eventsource;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A tumbling window of a shard, by the time of its records, and what the function has kept of them so far. AWS: Lambda
 * Developer Guide, Implementing stateful DynamoDB stream processing in Lambda.
 *
 * @param start seconds since 1970
 * @param seconds how long it is
 * @param state a JSON object
 */
public record Window(long start, int seconds, String state) {
    private static final String NOTHING = "{}";
    private static final int LARGEST_STATE = 1024 * 1024;

    /** The window that a time is in, in which nothing has happened yet. */
    static Window of(Instant time, int seconds) {
        return new Window(Math.floorDiv(time.getEpochSecond(), (long) seconds) * seconds, seconds, NOTHING);
    }

    boolean contains(Instant time) {
        return time.getEpochSecond() >= start && time.getEpochSecond() < start + seconds;
    }

    /** Whether it has ended, and no record of it is on its way any more. */
    boolean isOver(Instant now, Duration grace) {
        return now.minus(grace).getEpochSecond() >= start + seconds;
    }

    Instant begins() {
        return Instant.ofEpochSecond(start);
    }

    Instant ends() {
        return Instant.ofEpochSecond(start + seconds);
    }

    /** After an invocation: what a function returns as {@code state} is kept. */
    Window after(JsonNode result) {
        var kept = result.path("state");
        return new Window(start, seconds, kept.isObject() ? kept.toString() : NOTHING);
    }

    /** Whether the function keeps more than it may, at which its window ends early. */
    boolean isFull() {
        return state.length() > LARGEST_STATE;
    }

    /** The same time, with nothing kept. */
    Window anew() {
        return new Window(start, seconds, NOTHING);
    }
}
