package dev.ruststack.emulator.lambda.runtime;

/** Where a runtime's process is. */
sealed interface RuntimeState {
    /** The name that AWS gives it in the message of a refused transition. */
    String title();

    /** It has not asked for an event yet. */
    record Started() implements RuntimeState {
        @Override
        public String title() {
            return "Started";
        }
    }

    /** It has told that it cannot initialize. */
    record InitFailed(End.Failed error) implements RuntimeState {
        @Override
        public String title() {
            return "InitError";
        }
    }

    /** It waits for an event; each wait is one of its own. */
    record Waiting(EventTaker taker) implements RuntimeState {
        @Override
        public String title() {
            return "Ready";
        }
    }

    /** It works on an event. */
    record Running(Event event) implements RuntimeState {
        @Override
        public String title() {
            return "Running";
        }
    }

    /** It writes its answer piece by piece. */
    record Responding(Event event) implements RuntimeState {
        @Override
        public String title() {
            return "Responding";
        }
    }

    /** It has answered, and may ask for the next event. */
    record Answered() implements RuntimeState {
        @Override
        public String title() {
            return "RuntimeResponseSent";
        }
    }

    /** It has gone. */
    record Ended(String reason) implements RuntimeState {
        @Override
        public String title() {
            return "Exited";
        }
    }
}
