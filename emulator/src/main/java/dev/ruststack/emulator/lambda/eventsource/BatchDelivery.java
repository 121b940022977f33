package dev.ruststack.emulator.lambda.eventsource;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.Outcome;
import dev.ruststack.emulator.lambda.TraceId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has a function process batches of a shard: each until it succeeds, or is given up. AWS: Lambda Developer Guide, Using
 * AWS Lambda with Amazon DynamoDB; Configuring partial batch response.
 */
final class BatchDelivery {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Functions functions;
    private final Invoker invoker;
    private final DiscardedBatches discarded;
    private final Clock clock;

    /** Told what became of the last invocation, in AWS's words. */
    private final Consumer<String> result;

    BatchDelivery(
            Functions functions, Invoker invoker, DiscardedBatches discarded, Clock clock, Consumer<String> result) {
        this.functions = functions;
        this.invoker = invoker;
        this.discarded = discarded;
        this.clock = clock;
        this.result = result;
    }

    /** Records that are delivered together, and how often they have failed. */
    private record Piece(List<StreamRecord> records, int failures) {}

    /** What came of one invocation. */
    private sealed interface Result {
        /** The records before an index are done with. */
        record Done(int before, JsonNode result) implements Result {}

        /** The function failed. */
        record Failed(String requestId) implements Result {}

        /** It was not reached: that does not count. */
        record NotReached() implements Result {}
    }

    /** Where records come from. */
    record Origin(EventSourceMapping mapping, String shardId) {}

    /**
     * Returns once every record is done with: processed, or given up.
     *
     * @param window the window that the records are in; null where there are no windows
     * @return the window with what the function keeps
     */
    @Nullable
    Window deliver(Origin origin, List<StreamRecord> records, @Nullable Window window) throws InterruptedException {
        var mapping = origin.mapping;
        var pieces = new ArrayDeque<Piece>();
        pieces.push(new Piece(records, 0));
        var pause = FIRST_PAUSE;
        var open = window;
        while (!pieces.isEmpty()) {
            var piece = pieces.pop();
            if (mapping.isTooOld(age(piece))) {
                discarded.put(mapping, origin.shardId, piece.records, DiscardedBatches.TOO_OLD, null, piece.failures);
                continue;
            }
            var result = invoke(mapping, event(origin, piece.records, open, false, false), piece.records);
            if (result instanceof Result.Done done && open != null) {
                open = kept(origin, open.after(done.result));
            }
            switch (result) {
                case Result.Done done when done.before == piece.records.size() -> pause = FIRST_PAUSE;
                case Result.Done(int before, var _) -> {
                    var rest = piece.records.subList(before, piece.records.size());
                    again(origin, new Piece(rest, before > 0 ? 1 : piece.failures + 1), null, pieces);
                    pause = sleep(pause);
                }
                case Result.Failed failed -> {
                    again(origin, new Piece(piece.records, piece.failures + 1), failed, pieces);
                    pause = sleep(pause);
                }
                case Result.NotReached() -> {
                    pieces.push(piece);
                    pause = sleep(pause);
                }
            }
        }
        return open;
    }

    private Window kept(Origin origin, Window window) throws InterruptedException {
        if (!window.isFull()) {
            return window;
        }
        end(origin, window.anew(), true);
        return window.anew();
    }

    /** Has the function hear of the end of a window; tries as often as with a batch. */
    void end(Origin origin, Window window, boolean early) throws InterruptedException {
        var pause = FIRST_PAUSE;
        int failures = 0;
        while (true) {
            var result = invoke(origin.mapping, event(origin, List.of(), window, true, early), List.of());
            if (result instanceof Result.Done) {
                return;
            }
            if (result instanceof Result.Failed && !origin.mapping.isWorthARetry(++failures)) {
                return;
            }
            pause = sleep(pause);
        }
    }

    /** Tries a piece again as a whole, in halves where it failed as a whole, or not at all. */
    private void again(Origin origin, Piece piece, Result.@Nullable Failed failed, ArrayDeque<Piece> pieces) {
        var mapping = origin.mapping;
        int size = piece.records.size();
        if (failed != null && mapping.bisectBatchOnFunctionError() && size > 1) {
            // Halving does not use up attempts.
            pieces.push(new Piece(piece.records.subList(size / 2, size), piece.failures - 1));
            pieces.push(new Piece(piece.records.subList(0, size / 2), piece.failures - 1));
        } else if (mapping.isWorthARetry(piece.failures)) {
            pieces.push(piece);
        } else {
            discarded.put(
                    mapping,
                    origin.shardId,
                    piece.records,
                    DiscardedBatches.RETRIED_ENOUGH,
                    failed == null ? null : failed.requestId,
                    piece.failures);
        }
    }

    private Result invoke(EventSourceMapping mapping, byte[] event, List<StreamRecord> records)
            throws InterruptedException {
        var function = functions.configuration(mapping.functionArn());
        if (function == null) {
            result.accept("PROBLEM: Function not found");
            return new Result.NotReached();
        }
        var requestId = UUID.randomUUID().toString();
        var invocation =
                new Invocation(requestId, event, mapping.functionArn(), null, TraceId.unsampled(clock.instant()));
        try {
            var outcome = invoker.invoke(function, invocation);
            if (outcome instanceof Outcome.Returned returned) {
                var answer = read(returned.payload());
                int before = mapping.reportsItems() ? done(answer, records) : records.size();
                result.accept(before == records.size() ? "OK" : "PROBLEM: Function call failed");
                return new Result.Done(before, answer);
            }
            result.accept("PROBLEM: Function call failed");
            return new Result.Failed(requestId);
        } catch (AwsException e) {
            result.accept("PROBLEM: " + e.text());
            return new Result.NotReached();
        }
    }

    /** An event as a function gets it. */
    static byte[] event(List<StreamRecord> records) {
        var event = JSON.createObjectNode();
        var list = event.putArray("Records");
        records.forEach(record -> list.add(record.json()));
        return JSON.writeValueAsBytes(event);
    }

    /** An event of a window, where there is one. */
    private static byte[] event(
            Origin origin, List<StreamRecord> records, @Nullable Window window, boolean last, boolean early) {
        if (window == null) {
            return event(records);
        }
        var event = JSON.createObjectNode();
        var list = event.putArray("Records");
        records.forEach(record -> list.add(record.json()));
        event.putObject("window")
                .put("start", window.begins().toString())
                .put("end", window.ends().toString());
        event.set("state", JSON.readTree(window.state()));
        event.put("shardId", origin.shardId)
                .put("eventSourceARN", origin.mapping.eventSourceArn())
                .put("isFinalInvokeForWindow", last)
                .put("isWindowTerminatedEarly", early);
        return JSON.writeValueAsBytes(event);
    }

    private static JsonNode read(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /** How many records came before the first that the function says it failed on; a report that says nothing sound: none. */
    private static int done(JsonNode answer, List<StreamRecord> records) {
        if (answer.isMissingNode()) {
            return 0;
        }
        var failures = answer.path("batchItemFailures");
        if (failures.isMissingNode() || failures.isNull() || failures.isEmpty()) {
            return records.size();
        }
        var failed = new HashSet<String>();
        for (var failure : failures) {
            failed.add(failure.path("itemIdentifier").asString(""));
        }
        var numbers = records.stream().map(StreamRecord::sequenceNumber).toList();
        if (!numbers.containsAll(failed)) {
            return 0;
        }
        int first = 0;
        while (!failed.contains(numbers.get(first))) {
            first++;
        }
        return first;
    }

    private Duration age(Piece piece) {
        return Duration.between(piece.records.getFirst().created(), clock.instant());
    }

    private static Duration sleep(Duration pause) throws InterruptedException {
        Thread.sleep(pause);
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
}
