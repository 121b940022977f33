package dev.ruststack.emulator.lambda.eventsource;

/** A stream that could not be read. */
public final class StreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the error's code, such as {@code ResourceNotFoundException} */
    public StreamException(String code, String message) {
        super(message);
        this.code = code;
    }

    public boolean is(String otherCode) {
        return code.equals(otherCode);
    }
}
