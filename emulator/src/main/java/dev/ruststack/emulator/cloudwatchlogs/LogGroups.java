package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.logs.FunctionLogs;
import dev.ruststack.emulator.logs.FunctionLogs.Group;
import dev.ruststack.emulator.logs.LogLine;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log groups: one for each function that has written, which is there in every account and region, and those that
 * clients make, each in its own.
 */
public final class LogGroups {
    /** What the groups of functions begin with. AWS: Lambda Developer Guide, Sending function logs to CloudWatch Logs. */
    public static final String FUNCTIONS = "/aws/lambda/";

    /** Each may take 4 MB of memory. */
    private static final int MAX_GROUPS = 1000;

    private static final Pattern NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");

    private final FunctionLogs functions;
    private final Clock clock;
    private final ConcurrentMap<Group, LogGroup> groups = new ConcurrentHashMap<>();

    private static Group key(Identity caller, String name) {
        return new Group(caller.accountId(), caller.region(), name);
    }

    public LogGroups(FunctionLogs functions, Clock clock) {
        this.functions = functions;
        this.clock = clock;
    }

    public Clock clock() {
        return clock;
    }

    /** Makes a group; throws where there is one. */
    public void create(String name, Map<String, String> tags, Identity caller) {
        requireName(name);
        if (groups.size() >= MAX_GROUPS) {
            throw LogsError.LIMIT_EXCEEDED.saying("RustStack keeps " + MAX_GROUPS + " log groups.");
        }
        if (find(name, caller) != null) {
            throw LogsError.RESOURCE_ALREADY_EXISTS.error();
        }
        var log = name.startsWith(FUNCTIONS)
                ? functions.of(name.substring(FUNCTIONS.length()))
                : functions.group(key(caller, name));
        var group = new LogGroup(name, clock.instant(), log, clock);
        group.tags().putAll(tags);
        if (groups.putIfAbsent(key(caller, name), group) != null) {
            throw LogsError.RESOURCE_ALREADY_EXISTS.error();
        }
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw LogsError.INVALID_PARAMETER.saying("1 validation error detected: Value '" + name
                    + "' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                    + " [\\.\\-_/#A-Za-z0-9]+");
        }
    }

    /** Removes a group with its lines; it comes back where a function writes again. */
    public void delete(String name, Identity caller) {
        require(name, null, caller).clear();
        groups.remove(key(caller, name));
    }

    /** The group by its name or by its identifier, which is a name or an ARN; exactly one of them is given. */
    public LogGroup require(@Nullable String name, @Nullable String identifier, Identity caller) {
        if (name == null && identifier == null) {
            throw LogsError.INVALID_PARAMETER.saying("Log group name or identifier must be given.");
        }
        var group = find(name == null ? nameIn(identifier == null ? "" : identifier) : name, caller);
        if (group == null) {
            throw LogsError.RESOURCE_NOT_FOUND.error();
        }
        return group;
    }

    /** The name in an ARN such as {@code arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:*}. */
    public static String nameIn(String identifier) {
        var parts = identifier.split(":", 7);
        if (!identifier.startsWith("arn:") || parts.length < 7) {
            return identifier;
        }
        return parts[6].endsWith(":*") ? parts[6].substring(0, parts[6].length() - 2) : parts[6];
    }

    private @Nullable LogGroup find(String name, Identity caller) {
        var key = key(caller, name);
        var known = groups.get(key);
        if (known != null) {
            return known;
        }
        var given = functions.findGroup(key);
        var log = given != null || !name.startsWith(FUNCTIONS)
                ? given
                : functions.find(name.substring(FUNCTIONS.length()));
        var lines = log == null ? null : log.lines();
        return log == null || lines == null || lines.isEmpty()
                ? null
                : groups.computeIfAbsent(key, each -> new LogGroup(name, first(lines), log, clock));
    }

    private static Instant first(List<LogLine> lines) {
        return lines.getFirst().timestamp();
    }

    /** The groups that a caller sees, by name. */
    public Map<String, LogGroup> all(Identity caller) {
        var all = new TreeMap<String, LogGroup>();
        for (var function : functions.names()) {
            var group = find(FUNCTIONS + function, caller);
            if (group != null) {
                all.put(group.name(), group);
            }
        }
        Stream.concat(functions.groups().stream(), groups.keySet().stream())
                .filter(key -> key.equals(key(caller, key.name())))
                .forEach(key -> {
                    var group = find(key.name(), caller);
                    if (group != null) {
                        all.put(group.name(), group);
                    }
                });
        return all;
    }
}
