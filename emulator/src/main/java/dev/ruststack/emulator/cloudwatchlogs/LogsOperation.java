package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One operation of CloudWatch Logs: a final class that is named as AWS names it, with its input and output records,
 * whose components are the members of AWS's documents.
 *
 * @param <I> the input record
 * @param <O> the output record
 */
public interface LogsOperation<I extends Record, O extends Record> {
    /** The input record's class. */
    Class<I> input();

    /** Carries the operation out; null where AWS answers with nothing. */
    @Nullable
    O handle(I input, Identity caller);

    /** The name AWS gives the operation. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** What an operation gives back that gives nothing back. */
    record Nothing() {}
}
