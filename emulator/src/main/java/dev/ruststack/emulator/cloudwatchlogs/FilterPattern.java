package dev.ruststack.emulator.cloudwatchlogs;

import java.util.ArrayList;
import java.util.List;

/**
 * What FilterLogEvents looks for: terms ({@code ERROR "not found" -debug}), any of some terms ({@code ?ERROR ?WARN}), or
 * a condition on a line that is JSON ({@code { $.status >= 500 && $.path = "/a*" }}). AWS: Amazon CloudWatch Logs User
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

    /** Reads a pattern; throws {@code InvalidParameterException} where it is not one. */
    static FilterPattern parse(String text) {
        var pattern = text.strip();
        if (pattern.isEmpty()) {
            return new All();
        }
        return switch (pattern.charAt(0)) {
            case '{' -> new Json(new JsonConditionParser(pattern).parse());
            case '[' -> throw refused("patterns of columns, [a, b, …],");
            case '%' -> throw refused("regular expressions, %…%,");
            default -> terms(pattern);
        };
    }

    private static RuntimeException refused(String what) {
        return LogsError.NOT_IMPLEMENTED.saying("RustStack does not implement " + what + " in filter patterns.");
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
