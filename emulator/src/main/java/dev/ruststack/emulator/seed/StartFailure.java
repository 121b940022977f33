package dev.ruststack.emulator.seed;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Why a function did not initialise.
 *
 * @param text for people: what its runtime reports, where, and what to do about it
 * @param mayPass whether the machine may have been the cause: it was too slow, or ended the environment
 */
record StartFailure(String text, boolean mayPass) {
    /** Reads the error document of a runtime; one that is none is shown as it is. */
    static StartFailure read(byte[] payload) {
        try {
            var document = Calls.JSON.readTree(payload);
            var type = document.path("errorType").asString("error");
            var message = document.path("errorMessage").asString("no reason given");
            boolean mayPass = type.equals("Sandbox.Timedout")
                    || type.equals("Runtime.ExitError") && message.contains("signal: killed");
            return new StartFailure(type + ": " + message + place(document) + remedy(document), mayPass);
        } catch (JacksonException e) {
            return new StartFailure(new String(payload, StandardCharsets.UTF_8), false);
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
            case "Sandbox.Timedout" ->
                "\n  See in its log what it waits for: ./ruststack logs NAME after up --keep-going, kubectl logs in a cluster.";
            default -> "";
        };
    }
}
