package dev.ruststack.emulator.logs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logs of all functions, by name. A log outlives its function, as log groups do on AWS. */
public final class FunctionLogs {
    private final Map<String, FunctionLog> logs = new ConcurrentHashMap<>();

    /** The log of a function, whether or not the function has run or is there. */
    public FunctionLog of(String functionName) {
        return logs.computeIfAbsent(functionName, FunctionLog::new);
    }

    /** A log that is nobody's, for a group that a client makes. */
    public static FunctionLog separate(String name) {
        return new FunctionLog(name);
    }

    /** The log of a function that has one, else null. */
    public @Nullable FunctionLog find(String functionName) {
        return logs.get(functionName);
    }

    /** The functions that have a log, sorted. */
    public List<String> names() {
        return logs.keySet().stream().sorted().toList();
    }

    /** Forgets every line. */
    public void clear() {
        logs.values().forEach(FunctionLog::clear);
    }
}
