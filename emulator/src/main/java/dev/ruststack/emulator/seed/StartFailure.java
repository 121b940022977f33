package dev.ruststack.emulator.seed;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Why a function did not initialise, for people: what its runtime reports, where, and what to do about it. */
final class StartFailure {
    private StartFailure() {}

    /** Reads the error document of a runtime; one that is none is shown as it is. */
    static String read(byte[] payload) {
        try {
            var document = Calls.JSON.readTree(payload);
            return document.path("errorType").asString("error") + ": "
                    + document.path("errorMessage").asString("no reason given") + place(document) + remedy(document);
        } catch (JacksonException e) {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** The end of the trace, which is nearest to the mistake. */
    private static String place(JsonNode document) {
        var trace = document.path("stackTrace");
        return trace.isEmpty()
                ? ""
                : "\n    " + trace.path(trace.size() - 1).asString("").strip();
    }

    /** AWS: Lambda Developer Guide, Troubleshoot invocation issues. */
    private static String remedy(JsonNode document) {
        return switch (document.path("errorType").asString("")) {
            case "Runtime.ImportModuleError" ->
                "\n  Add what is missing to the function's folder, or to its requirements.txt or package.json.";
            case "Runtime.HandlerNotFound", "Runtime.MalformedHandlerName" ->
                "\n  Compare spec.functions[].handler, which is MODULE.FUNCTION, with the code.";
            case "Sandbox.Timedout" -> "\n  See what it waits for: up --keep-going, and ./ruststack logs NAME.";
            default -> "";
        };
    }
}
