package dev.ruststack.emulator.logs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logs of all functions, by name. A log outlives its function, as log groups do on AWS. */
public final class FunctionLogs {
    private final Map<String, FunctionLog> logs = new ConcurrentHashMap<>();
    private final Map<Group, FunctionLog> groups = new ConcurrentHashMap<>();

    /** A log group of an account in a region that is not a function's own. */
    public record Group(String accountId, String region, String name) {}

    /** The log of a function, whether or not the function has run or is there. */
    public FunctionLog of(String functionName) {
        return logs.computeIfAbsent(functionName, FunctionLog::new);
    }

    /** The log of a group that clients made, or that functions were told to write to. */
    public FunctionLog group(Group group) {
        return groups.computeIfAbsent(group, each -> new FunctionLog(each.name()));
    }

    /** The log of such a group, or null where there is none. */
    public @Nullable FunctionLog findGroup(Group group) {
        return groups.get(group);
    }

    /** Such groups, in no order. */
    public Set<Group> groups() {
        return Set.copyOf(groups.keySet());
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
        groups.values().forEach(FunctionLog::clear);
    }
}
