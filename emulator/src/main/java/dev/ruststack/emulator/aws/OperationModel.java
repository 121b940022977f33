package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.aws.wire.Http;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;

/**
 * What tells the calls of an operation from others, and what they carry.
 *
 * @param template method, path with labels and query, as in {@link Http#value}
 * @param header a request header that must be present; empty for none
 * @param code the status of success
 * @param input the record that is bound from the request
 * @param output the record that the answer is made of
 */
public record OperationModel<I extends Record>(
        String template, String header, int code, Class<I> input, Class<? extends Record> output) {

    /** Of a class that says it with {@link Http} and {@code implements Operation<Input, Output>}. */
    @SuppressWarnings("unchecked")
    public static <I extends Record> OperationModel<I> of(Class<? extends Operation<I, ?>> operation) {
        var http = operation.getAnnotation(Http.class);
        if (http == null) {
            throw new IllegalArgumentException(operation + " has no @Http");
        }
        var types = Arrays.stream(operation.getGenericInterfaces())
                .filter(type -> type instanceof ParameterizedType generic && generic.getRawType() == Operation.class)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(operation + " names no records"));
        return new OperationModel<>(
                http.value(),
                http.header(),
                http.code(),
                (Class<I>) types[0],
                ((Class<?>) types[1]).asSubclass(Record.class));
    }
}
