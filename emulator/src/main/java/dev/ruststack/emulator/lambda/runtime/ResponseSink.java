package dev.ruststack.emulator.lambda.runtime;

import java.io.IOException;

/** Takes a response piece by piece, while the function still writes it. */
public interface ResponseSink {
    /** The response begins; once, before the first bytes. */
    void begin(String contentType);

    /** Takes bytes over, waiting while whoever reads is slow; throws where the invocation is over. */
    void write(byte[] bytes) throws IOException;
}
