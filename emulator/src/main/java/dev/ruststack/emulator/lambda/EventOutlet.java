package dev.ruststack.emulator.lambda;

import java.io.IOException;
import java.util.Map;

/** Where what asynchronous invocations leave behind goes: to other functions and buckets of the stack. */
public interface EventOutlet {
    /** There is nothing that it could go to. */
    EventOutlet NONE = (destination, message) -> {
        throw new IOException("there is no " + destination.arn());
    };

    /**
     * What goes to a destination.
     *
     * @param function the name of the function whose event it is of
     * @param json the record, or the event itself
     * @param trace the tracing header of the chain that it belongs to
     * @param attributes what is said of an event that stands for itself; by name
     */
    record Message(String function, byte[] json, String trace, Map<String, String> attributes) {}

    /** Hands a message over; throws where that cannot be. */
    void deliver(Destination destination, Message message) throws IOException;
}
