package dev.ruststack.operator.desired;

/**
 * Something about a resource that no retry mends: its author has to.
 *
 * @param fieldPath such as {@code spec.lambda.maxRunners}
 * @param message what is wrong, and what can be done
 */
public record Problem(String fieldPath, String message) {
    @Override
    public String toString() {
        return fieldPath + ": " + message;
    }
}
