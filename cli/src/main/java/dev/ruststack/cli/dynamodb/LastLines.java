package dev.ruststack.cli.dynamodb;

import java.util.ArrayDeque;

/** The last lines of a child's output, for the message when it ends too early. */
final class LastLines {
    private static final int KEPT = 20;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", lines);
    }
}
