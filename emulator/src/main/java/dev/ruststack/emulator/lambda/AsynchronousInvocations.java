package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.EventRecord.Condition;
import dev.ruststack.emulator.logs.FunctionLogs;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that nobody waits for. One that fails is tried again after a minute and after two more, with the same request
 * id; one that is throttled until it is too old; how often and how old is configured. AWS: Lambda Developer Guide, How
 * Lambda handles errors and retries with asynchronous invocation.
 */
final class AsynchronousInvocations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsynchronousInvocations.class);
    private static final Duration FIRST_THROTTLE_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_THROTTLE_DELAY = Duration.ofMinutes(5);

    private final Invoker invoker;
    private final LambdaSettings settings;
    private final FunctionLogs logs;
    private final ExecutorService deliveries = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lambda-event-", 0).factory());
    private volatile EventRules rules = arn -> EventInvokeConfig.DEFAULT;
    private volatile ConcurrencyLimits limits = ConcurrencyLimits.NONE;
    private volatile EventEnd end;
    private volatile KeptTable<WaitingEvent> waiting = KeptTable.inMemory(WaitingEvent.class);

    AsynchronousInvocations(Invoker invoker, LambdaSettings settings, FunctionLogs logs) {
        this.invoker = invoker;
        this.settings = settings;
        this.logs = logs;
        this.end = new EventEnd(settings, logs, EventOutlet.NONE);
    }

    void follow(EventRules newRules, EventOutlet outlet) {
        rules = newRules;
        end = new EventEnd(settings, logs, outlet);
    }

    void limit(ConcurrencyLimits newLimits) {
        limits = newLimits;
    }

    /** Has events that wait survive the process, and goes on with those of the process before. */
    void keep(KeptTable<WaitingEvent> table, Function<String, @Nullable FunctionConfiguration> functions) {
        waiting = table;
        for (var each : List.copyOf(table.all().values())) {
            var function = functions.apply(each.functionArn());
            if (function == null) {
                table.remove(each.requestId());
            } else {
                var event = new Event(function, each.invocation(), Instant.ofEpochMilli(each.accepted()));
                event.failures = each.failures();
                run(event, Instant.ofEpochMilli(each.due()));
            }
        }
    }

    void submit(FunctionConfiguration function, Invocation invocation) {
        var passing = invocation.traced(Lineage.passing(invocation.traceId(), function.arn()));
        var now = settings.clock().instant();
        run(new Event(function, passing, now), now);
    }

    private void run(Event event, Instant due) {
        deliveries.execute(() -> {
            try {
                var pause = Duration.between(settings.clock().instant(), due);
                if (pause.isPositive()) {
                    Thread.sleep(pause);
                }
                event.deliver();
                event.forget();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Drops what is waiting, and waits for nothing that runs. */
    @Override
    public void close() {
        deliveries.shutdownNow();
    }

    /** How one attempt ended; {@code outcome} is null where nothing ran. */
    private record Attempt(boolean throttled, @Nullable Outcome outcome) {}

    /** One event until it is over. */
    private final class Event {
        private final FunctionConfiguration function;
        private final Invocation invocation;
        private final Instant accepted;
        private int failures;
        private Duration throttleDelay = FIRST_THROTTLE_DELAY;

        /** How it ended the last time that it ran. */
        private @Nullable Outcome last;

        Event(FunctionConfiguration function, Invocation invocation, Instant accepted) {
            this.function = function;
            this.invocation = invocation;
            this.accepted = accepted;
        }

        void deliver() throws InterruptedException {
            int hops = Lineage.hops(invocation.traceId(), function.arn());
            if (hops > Lineage.MOST && !rules.mayLoop(function.arn())) {
                looped(hops);
                return;
            }
            while (true) {
                if (Objects.equals(limits.of(function.arn()), 0)) {
                    over(Condition.ZERO_RESERVED_CONCURRENCY, "nothing is reserved for the function to run with");
                    return;
                }
                var attempt = attempt();
                last = attempt.outcome() == null ? last : attempt.outcome();
                if (attempt.outcome() instanceof Outcome.Returned) {
                    end.over(record(Condition.SUCCESS), config());
                    return;
                }
                var delay = attempt.throttled() ? nextThrottleDelay() : nextRetryDelay();
                if (delay == null) {
                    over(Condition.RETRIES_EXHAUSTED, "it failed " + failures + (failures == 1 ? " time" : " times"));
                    return;
                }
                if (accepted.plus(maxAge()).isBefore(settings.clock().instant().plus(delay))) {
                    over(Condition.EVENT_AGE_EXCEEDED, "it would be older than " + maxAge());
                    return;
                }
                remember(delay);
                Thread.sleep(delay);
            }
        }

        /** The record of what ends a loop goes once more where it goes, and the next one nowhere. */
        private void looped(int hops) {
            var why = "the chain of requests that it belongs to has come by the function " + Lineage.MOST
                    + " times, and is taken for a loop";
            if (hops == Lineage.MOST + 1) {
                over(Condition.RETRIES_EXHAUSTED, why);
            } else {
                end.log(function, invocation, "The asynchronous event is dropped: " + why + ".");
            }
        }

        private void remember(Duration delay) {
            var due = settings.clock().instant().plus(delay);
            try {
                waiting.put(invocation.requestId(), WaitingEvent.of(function, invocation, accepted, failures, due));
            } catch (UncheckedIOException e) {
                LOG.warn("An event of {} waits without being kept", function.name(), e);
            }
        }

        /** It is over. */
        void forget() {
            if (waiting.get(invocation.requestId()) != null) {
                waiting.remove(invocation.requestId());
            }
        }

        private Attempt attempt() throws InterruptedException {
            try {
                return new Attempt(false, invoker.invoke(function, invocation));
            } catch (AwsException e) {
                return new Attempt(e.code() == LambdaError.TOO_MANY_REQUESTS, null);
            } catch (RuntimeException e) {
                LOG.error("An asynchronous event of {} could not be run", function.name(), e);
                return new Attempt(false, null);
            }
        }

        private Duration nextThrottleDelay() {
            var delay = throttleDelay;
            var doubled = throttleDelay.multipliedBy(2);
            throttleDelay = doubled.compareTo(LAST_THROTTLE_DELAY) < 0 ? doubled : LAST_THROTTLE_DELAY;
            return delay;
        }

        /** Null where it is not tried again. */
        private @Nullable Duration nextRetryDelay() {
            var delays = settings.retryDelays();
            var configured = config().maximumRetryAttempts();
            int retries = configured == null ? delays.size() : Math.min(configured, delays.size());
            return failures++ < retries ? delays.get(failures - 1) : null;
        }

        private Duration maxAge() {
            var configured = config().maximumEventAgeInSeconds();
            return configured == null ? settings.maxEventAge() : Duration.ofSeconds(configured);
        }

        private EventInvokeConfig config() {
            return rules.of(invocation.invokedFunctionArn());
        }

        private EventRecord record(Condition condition) {
            int attempts = failures + (condition == Condition.SUCCESS ? 1 : 0);
            return new EventRecord(function, invocation, condition, attempts, last);
        }

        private void over(Condition condition, String why) {
            end.log(function, invocation, "The asynchronous event is dropped: " + why + ".");
            end.over(record(condition), config());
        }
    }
}
