package dev.ruststack.emulator.lambda;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Lines of a function that logs JSON. */
final class JsonLines {
    private JsonLines() {}

    /** What a line says where it is a JSON object, else the line. */
    static Object read(String line) {
        if (line.startsWith("{")) {
            try {
                return JsonMapper.shared().readTree(line);
            } catch (JacksonException e) {
                // It only looked like JSON.
            }
        }
        return line;
    }
}
