package dev.ruststack.emulator.cloudwatchlogs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads patterns of columns: {@code [ip, user, ..., status = 4* || status = 5*, bytes > 1000]}. AWS: Amazon CloudWatch Logs
 * User Guide, Using filter patterns to match terms in space-delimited log events.
 */
final class ColumnsParser {
    private static final Pattern TEST =
            Pattern.compile("\\s*([\\w$-]+)\\s*(?:(!=|>=|<=|=|>|<)\\s*(\"[^\"]*\"|%[^%]*%|[^\\s\"%]+))?\\s*");
    private static final Pattern FIELD = Pattern.compile("\"([^\"]*)\"|\\[([^\\]]*)\\]|(\\S+)");

    private ColumnsParser() {}

    /** Reads a pattern; throws {@code InvalidParameterException} where it is not one. */
    static FilterPattern.Columns parse(String pattern) {
        if (!pattern.endsWith("]")) {
            throw invalid();
        }
        var columns = new ArrayList<FilterPattern.Column>();
        for (var each : split(pattern.substring(1, pattern.length() - 1), ",")) {
            columns.add(column(each.strip()));
        }
        return new FilterPattern.Columns(columns);
    }

    private static FilterPattern.Column column(String text) {
        if (text.equals("...")) {
            return new FilterPattern.Column(true, _ -> true);
        }
        Predicate<String> any = _ -> false;
        for (var alternative : split(text, "||")) {
            Predicate<String> all = _ -> true;
            for (var test : split(alternative, "&&")) {
                all = all.and(test(test));
            }
            any = any.or(all);
        }
        return new FilterPattern.Column(false, any);
    }

    private static Predicate<String> test(String text) {
        var test = TEST.matcher(text);
        if (!test.matches()) {
            throw invalid();
        }
        var operator = test.group(2);
        if (operator == null) {
            return _ -> true;
        }
        var value = test.group(3);
        return switch (operator) {
            case "=" -> equal(value);
            case "!=" -> equal(value).negate();
            default -> compared(operator, value);
        };
    }

    private static Predicate<String> equal(String value) {
        if (value.startsWith("%")) {
            return BoundedRegex.of(value.substring(1, value.length() - 1))::isIn;
        }
        var text = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
        var number = number(text);
        if (number != null) {
            return field -> field.equals(text) || number.equals(number(field));
        }
        return text.indexOf('*') < 0 ? text::equals : field -> like(field, text);
    }

    /** Whether a text is as a pattern says, whose stars stand for anything: in one pass, without backtracking. */
    private static boolean like(String field, String pattern) {
        var parts = pattern.split("\\*", -1);
        if (!field.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = field.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        var last = parts[parts.length - 1];
        return field.length() - at >= last.length() && field.endsWith(last);
    }

    private static Predicate<String> compared(String operator, String value) {
        var limit = number(value);
        if (limit == null) {
            throw invalid();
        }
        return field -> {
            var number = number(field);
            return number != null
                    && switch (operator) {
                        case ">" -> number > limit;
                        case ">=" -> number >= limit;
                        case "<" -> number < limit;
                        default -> number <= limit;
                    };
        };
    }

    private static @Nullable Double number(String text) {
        return text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?") ? Double.valueOf(text) : null;
    }

    /** The parts between separators that are neither quoted nor in a regular expression. */
    private static List<String> split(String text, String separator) {
        var parts = new ArrayList<String>();
        int from = 0;
        char inside = 0;
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (inside != 0) {
                inside = next == inside ? 0 : inside;
            } else if (next == '"' || next == '%') {
                inside = next;
            } else if (text.startsWith(separator, at)) {
                parts.add(text.substring(from, at));
                from = at + separator.length();
                at = from - 1;
            }
        }
        if (inside != 0) {
            throw invalid();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The columns of a line: what is in quotes or brackets is one. */
    static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var matcher = FIELD.matcher(line);
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null) {
                    fields.add(matcher.group(group));
                }
            }
        }
        return fields;
    }

    private static RuntimeException invalid() {
        return LogsError.INVALID_PARAMETER.saying("Invalid filter pattern");
    }
}
