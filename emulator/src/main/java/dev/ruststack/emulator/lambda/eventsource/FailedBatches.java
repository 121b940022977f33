package dev.ruststack.emulator.lambda.eventsource;

import java.io.IOException;
import java.time.Instant;

/** Where batches go that are given up: a bucket of the stack. */
public interface FailedBatches {
    /** Puts a document under a name that begins so and goes on with the time. */
    void put(String bucket, String prefix, Instant time, byte[] json) throws IOException;
}
