package dev.ruststack.emulator.http;

import org.jspecify.annotations.Nullable;

/** The connection a request came over, for handlers that wait long before they answer. */
public interface ClientConnection {
    /** The connection of a request that does not come from the wire: it never closes. */
    ClientConnection NONE = new ClientConnection() {
        @Override
        public void onClose(Runnable action) {}

        @Override
        public boolean isOpen() {
            return true;
        }
    };

    /**
     * Runs {@code action} once, on a virtual thread of its own, when the client closes its side before the response
     * is complete; at once where that has happened already. Never runs after the response is complete.
     */
    void onClose(Runnable action);

    /** The version of TLS, such as {@code 1.3}; null where it is plain HTTP. */
    default @Nullable String tlsVersion() {
        return null;
    }

    /** Whether the client is still there, as far as the server knows. */
    boolean isOpen();
}
