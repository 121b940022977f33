package dev.ruststack.emulator.journal;

import java.io.IOException;

/**
 * State that a {@link Journal} keeps. Every record says what something has become, not how it got there: replayed a
 * second time, or over a state that is newer, records in their order lead to the same end.
 */
public interface Journaled {
    /**
     * Applies one record, at the start, on the thread that opens the journal.
     *
     * @param json a record as it was appended
     */
    void replay(byte[] json) throws IOException;

    /** Returns once every change that was appended before is in what {@link #write} gives. */
    void settle();

    /** Gives the whole state as records, while it goes on to change: changes of meanwhile may be in it or not. */
    void write(Sink sink) throws IOException;

    /** Takes records. */
    interface Sink {
        void accept(byte[] json) throws IOException;
    }
}
