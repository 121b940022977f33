package dev.ruststack.emulator.aws.wire;

import java.io.Serial;

/** A document that is not well formed, or not of the shape that is due; the message says where and why. */
public final class MalformedDocumentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public MalformedDocumentException(String message) {
        super(message);
    }

    public MalformedDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
