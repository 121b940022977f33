package dev.ruststack.emulator.httpfront;

import java.util.List;

/** Paths as API Gateway takes them apart. */
final class Paths {
    private Paths() {}

    /** The segments of a path; one slash at its end means nothing. */
    static List<String> segments(String path) {
        int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        return end <= 1 ? List.of() : List.of(path.substring(1, end).split("/", -1));
    }
}
