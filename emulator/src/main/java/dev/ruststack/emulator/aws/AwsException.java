package dev.ruststack.emulator.aws;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error that the client is to see: a code, a text, and the extra elements and headers that AWS sends with it. */
public final class AwsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;
    private final transient Map<String, String> details = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    AwsException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Adds an element beside Code and Message; the order of the calls is the order on the wire. */
    public AwsException with(String name, String value) {
        details.put(name, value);
        return this;
    }

    /** Adds a response header. */
    public AwsException withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    /** The text on the wire. */
    public String text() {
        var message = getMessage();
        return message == null ? code.message() : message;
    }

    public Map<String, String> details() {
        return Collections.unmodifiableMap(details);
    }

    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }
}
