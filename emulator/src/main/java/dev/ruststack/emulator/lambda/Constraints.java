package dev.ruststack.emulator.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints that the service model puts on members, checked together: every violation is in the one
 * {@code ValidationException}, in AWS's words. A member that is null passes all but {@link #required}.
 */
public final class Constraints {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final List<String> violations = new ArrayList<>();

    /** The member must be there. */
    public Constraints required(String member, @Nullable Object value) {
        if (value == null) {
            violation("Value null", member, "Member must not be null");
        }
        return this;
    }

    /** The member must match as a whole; {@code pattern} is shown as it stands. */
    public Constraints matches(String member, @Nullable String value, String pattern) {
        if (value != null
                && !PATTERNS.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(value)
                        .matches()) {
            violation(quoted(value), member, "Member must satisfy regular expression pattern: " + pattern);
        }
        return this;
    }

    /** The member must have so many characters. */
    public Constraints length(String member, @Nullable String value, int least, int most) {
        if (value != null && value.length() > most) {
            violation(quoted(value), member, "Member must have length less than or equal to " + most);
        }
        if (value != null && value.length() < least) {
            violation(quoted(value), member, "Member must have length greater than or equal to " + least);
        }
        return this;
    }

    /** The number must lie between two others, both allowed. */
    public Constraints range(String member, @Nullable Integer value, int least, int most) {
        if (value != null && value > most) {
            violation(quoted(value), member, "Member must have value less than or equal to " + most);
        }
        if (value != null && value < least) {
            violation(quoted(value), member, "Member must have value greater than or equal to " + least);
        }
        return this;
    }

    /** The list must have at most so many members. */
    public Constraints size(String member, @Nullable List<?> values, int most) {
        if (values != null && values.size() > most) {
            violation(quoted(values), member, "Member must have length less than or equal to " + most);
        }
        return this;
    }

    /** The member must be one of these. */
    public Constraints oneOf(String member, @Nullable String value, List<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            violation(quoted(value), member, "Member must satisfy enum value set: " + allowed);
        }
        return this;
    }

    /** Adds a violation that is not one of the usual ones; {@code value} with the word Value before it. */
    public Constraints violation(String value, String member, String constraint) {
        violations.add(value + " at '" + member + "' failed to satisfy constraint: " + constraint);
        return this;
    }

    /** Throws {@code ValidationException} where anything was violated. */
    public void check() {
        if (!violations.isEmpty()) {
            throw LambdaError.VALIDATION.saying(violations.size()
                    + (violations.size() == 1 ? " validation error detected: " : " validation errors detected: ")
                    + String.join("; ", violations));
        }
    }

    /** A member's name as it stands in these texts: {@code MaxItems} is {@code maxItems}. */
    static String memberName(String wireName) {
        return wireName.isEmpty() ? wireName : Character.toLowerCase(wireName.charAt(0)) + wireName.substring(1);
    }

    private static String quoted(Object value) {
        return "Value '" + value + "'";
    }
}
