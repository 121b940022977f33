package dev.ruststack.emulator.s3;

/** Where S3's events go: the functions of the stack. */
public interface NotificationTarget {
    /** Knows no function. */
    NotificationTarget NONE = new NotificationTarget() {
        @Override
        public boolean exists(String functionArn) {
            return false;
        }

        @Override
        public void deliver(String functionArn, byte[] event) {}
    };

    /** Whether events can be sent to a function. */
    boolean exists(String functionArn);

    /** Accepts an event, a JSON document, for a function; returns at once, and passes over one that is gone. */
    void deliver(String functionArn, byte[] event);
}
