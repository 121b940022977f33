package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.logs.LogLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session of Live Tail looks at. AWS: Amazon CloudWatch Logs API Reference, StartLiveTail.
 *
 * @param streamNames empty for every stream
 * @param streamPrefixes empty for every stream
 */
record LiveTail(
        List<Group> groups,
        List<String> streamNames,
        List<String> streamPrefixes,
        String patternText,
        FilterPattern pattern) {
    private static final int MOST = 10;

    /** A group under the name that the caller has for it. */
    record Group(String identifier, LogGroup group) {}

    /** The members of a request. */
    record Input(
            @Nullable List<String> logGroupIdentifiers,
            @Nullable List<String> logStreamNames,
            @Nullable List<String> logStreamNamePrefixes,
            @Nullable String logEventFilterPattern) {}

    /** Reads a request; throws where it cannot be met. */
    static LiveTail of(Input input, LogGroups groups, Identity caller) {
        var identifiers = checked("logGroupIdentifiers", input.logGroupIdentifiers());
        var names = checked("logStreamNames", input.logStreamNames());
        var prefixes = checked("logStreamNamePrefixes", input.logStreamNamePrefixes());
        if (identifiers.isEmpty()) {
            throw invalid("1 validation error detected: Value at 'logGroupIdentifiers' failed to satisfy constraint:"
                    + " Member must have length greater than or equal to 1");
        }
        if (!names.isEmpty() && !prefixes.isEmpty()) {
            throw invalid("logStreamNames and logStreamNamePrefixes cannot be specified at the same time.");
        }
        if (identifiers.size() > 1 && !(names.isEmpty() && prefixes.isEmpty())) {
            throw invalid("Log streams can be specified for a single log group only.");
        }
        for (var identifier : identifiers) {
            if (!identifier.startsWith("arn:") || identifier.endsWith("*")) {
                throw invalid("The log group identifier " + identifier
                        + " is not valid: it has to be the ARN of a log group, and may not end with an asterisk.");
            }
        }
        var text = input.logEventFilterPattern() == null ? "" : input.logEventFilterPattern();
        return new LiveTail(
                identifiers.stream()
                        .map(each -> new Group(each, groups.require(null, each, caller)))
                        .toList(),
                names,
                prefixes,
                text,
                FilterPattern.parse(text));
    }

    private static List<String> checked(String member, @Nullable List<String> given) {
        if (given == null) {
            return List.of();
        }
        if (given.isEmpty() || given.size() > MOST) {
            throw invalid("1 validation error detected: Value at '" + member
                    + "' failed to satisfy constraint: Member must have length between 1 and " + MOST);
        }
        return List.copyOf(given);
    }

    private static RuntimeException invalid(String text) {
        return LogsError.INVALID_PARAMETER.saying(text);
    }

    boolean wants(LogLine line) {
        return (streamNames.isEmpty() || streamNames.contains(line.stream()))
                && (streamPrefixes.isEmpty() || streamPrefixes.stream().anyMatch(line.stream()::startsWith))
                && pattern.matches(line.message());
    }
}
