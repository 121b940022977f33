package dev.ruststack.emulator.aws;

import java.io.IOException;

/**
 * One operation of an AWS API: a final class annotated with {@link dev.ruststack.emulator.aws.wire.Http}, named as AWS
 * names it, holding its input and output records. The records' annotations (package {@code wire}) say where each
 * member travels; the order of an output's components is the order of its elements.
 *
 * @param <I> the input record
 * @param <O> the output record
 */
public interface Operation<I extends Record, O extends Record> {
    /** Carries the operation out; an {@link AwsException} is rendered for the client. */
    O handle(I input, Call call) throws IOException, InterruptedException;

    /** Its route and its records; where one class is several operations, each instance says its own. */
    @SuppressWarnings("unchecked")
    default OperationModel<I> model() {
        return OperationModel.of((Class<? extends Operation<I, ?>>) getClass());
    }

    /** The name AWS gives the operation. */
    default String name() {
        return getClass().getSimpleName();
    }
}
