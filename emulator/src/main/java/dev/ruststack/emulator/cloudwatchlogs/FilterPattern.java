package dev.ruststack.emulator.cloudwatchlogs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What FilterLogEvents looks for: terms ({@code ERROR "not found" -debug}), any of some terms ({@code ?ERROR ?WARN}), or
 * a condition on a line that is JSON ({@code { $.status >= 500 && $.path = "/a*" }}), columns of a line with spaces
 * ({@code [ip, ..., status = 5*]}), or a regular expression ({@code %ERR(OR)?%}). AWS: Amazon CloudWatch Logs User
 * Guide, Filter pattern syntax.
 */
public sealed interface FilterPattern {
    /** Whether a line is one of those. */
    boolean matches(String message);

    /** Everything. */
    record All() implements FilterPattern {
        @Override
        public boolean matches(String message) {
            return true;
        }
    }

    /**
     * Terms, told apart by case.
     *
     * @param all those that have to be there
     * @param none those that must not
     * @param any of which one has to be there, where nothing else is asked for
     */
    record Terms(List<String> all, List<String> none, List<String> any) implements FilterPattern {
        public Terms {
            all = List.copyOf(all);
            none = List.copyOf(none);
            any = List.copyOf(any);
        }

        @Override
        public boolean matches(String message) {
            boolean onlyAny = all.isEmpty() && none.isEmpty();
            return all.stream().allMatch(message::contains)
                    && none.stream().noneMatch(message::contains)
                    && (!onlyAny || any.stream().anyMatch(message::contains));
        }
    }

    /** A condition on JSON; a line that is not JSON never meets it. */
    record Json(JsonCondition condition) implements FilterPattern {
        @Override
        public boolean matches(String message) {
            return condition.holds(message);
        }
    }

    /** A regular expression that is found in the line. */
    record Regex(BoundedRegex expression) implements FilterPattern {
        @Override
        public boolean matches(String message) {
            return expression.isIn(message);
        }
    }

    /**
     * What one column of a line with spaces has to be.
     *
     * @param rest whether it stands for any number of columns
     */
    record Column(boolean rest, Predicate<String> test) {}

    /** As many columns as the line has, each as it has to be. */
    record Columns(List<Column> columns) implements FilterPattern {
        public Columns {
            columns = List.copyOf(columns);
        }

        @Override
        public boolean matches(String message) {
            return matches(ColumnsParser.fields(message), 0, 0);
        }

        private boolean matches(List<String> fields, int field, int column) {
            if (column == columns.size()) {
                return field == fields.size();
            }
            var due = columns.get(column);
            if (due.rest()) {
                int most = fields.size() - field;
                return IntStream.rangeClosed(0, most).anyMatch(count -> matches(fields, field + count, column + 1));
            }
            return field < fields.size()
                    && due.test().test(fields.get(field))
                    && matches(fields, field + 1, column + 1);
        }
    }

    /** Reads a pattern; throws {@code InvalidParameterException} where it is not one. */
    static FilterPattern parse(String text) {
        var pattern = text.strip();
        if (pattern.isEmpty()) {
            return new All();
        }
        return switch (pattern.charAt(0)) {
            case '{' -> new Json(new JsonConditionParser(pattern).parse());
            case '[' -> ColumnsParser.parse(pattern);
            case '%' -> regex(pattern);
            default -> terms(pattern);
        };
    }

    private static Regex regex(String pattern) {
        if (pattern.length() < 2 || pattern.indexOf('%', 1) != pattern.length() - 1) {
            throw LogsError.INVALID_PARAMETER.saying("Invalid filter pattern");
        }
        return new Regex(BoundedRegex.of(pattern.substring(1, pattern.length() - 1)));
    }

    private static Terms terms(String pattern) {
        var all = new ArrayList<String>();
        var none = new ArrayList<String>();
        var any = new ArrayList<String>();
        int at = 0;
        while (at < pattern.length()) {
            char first = pattern.charAt(at);
            if (Character.isWhitespace(first)) {
                at++;
                continue;
            }
            var kind = first == '-' ? none : first == '?' ? any : all;
            int from = first == '-' || first == '?' ? at + 1 : at;
            boolean quoted = from < pattern.length() && pattern.charAt(from) == '"';
            int end = quoted ? pattern.indexOf('"', from + 1) : endOfWord(pattern, from);
            if (end < 0 || end == from) {
                throw LogsError.INVALID_PARAMETER.saying("Invalid filter pattern");
            }
            kind.add(pattern.substring(quoted ? from + 1 : from, end));
            at = end + 1;
        }
        return new Terms(all, none, any);
    }

    private static int endOfWord(String pattern, int from) {
        int end = from;
        while (end < pattern.length() && !Character.isWhitespace(pattern.charAt(end))) {
            end++;
        }
        return end;
    }
}
