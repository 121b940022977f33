package dev.ruststack.emulator.cloudwatchlogs;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a filter pattern. One that backtracks for ever is given up, and then matches nothing. AWS: Amazon
 * CloudWatch Logs User Guide, Supported regular expressions (regex) syntax.
 */
record BoundedRegex(Pattern pattern) {
    private static final int MAX_STEPS = 2_000_000;

    /** Reads one; throws {@code InvalidParameterException} where it is none. */
    static BoundedRegex of(String text) {
        try {
            if (text.isEmpty()) {
                throw LogsError.INVALID_PARAMETER.saying("Invalid filter pattern");
            }
            return new BoundedRegex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw LogsError.INVALID_PARAMETER.saying("Invalid filter pattern");
        }
    }

    /** Whether it is found somewhere. */
    boolean isIn(String text) {
        try {
            return pattern.matcher(new Counted(text, new int[1])).find();
        } catch (TooManySteps e) {
            return false;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    private record Counted(String text, int[] steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MAX_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end), steps);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
