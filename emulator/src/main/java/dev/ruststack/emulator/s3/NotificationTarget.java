package dev.ruststack.emulator.s3;

import org.jspecify.annotations.Nullable;

/** Where S3's events go: the functions of the stack. */
public interface NotificationTarget {
    /** Knows no function. */
    NotificationTarget NONE = new NotificationTarget() {
        @Override
        public boolean exists(String functionArn) {
            return false;
        }

        @Override
        public void deliver(String functionArn, byte[] event, @Nullable String trace) {}
    };

    /** Whether events can be sent to a function. */
    boolean exists(String functionArn);

    /**
     * Accepts an event, a JSON document, for a function; returns at once, and passes over one that is gone.
     *
     * @param trace the tracing header of the request that the event is of; null where it has none
     */
    void deliver(String functionArn, byte[] event, @Nullable String trace);
}
