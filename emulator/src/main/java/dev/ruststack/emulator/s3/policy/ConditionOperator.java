package dev.ruststack.emulator.s3.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How a condition compares. AWS: IAM User Guide, IAM JSON policy elements: Condition operators.
 *
 * @param negated whether it holds where the comparison does not
 */
record ConditionOperator(Kind kind, boolean negated) {
    private static final Map<String, ConditionOperator> BY_NAME = Map.ofEntries(
            entry("StringEquals", Kind.EQUAL, false),
            entry("StringNotEquals", Kind.EQUAL, true),
            entry("StringEqualsIgnoreCase", Kind.EQUAL_IGNORING_CASE, false),
            entry("StringNotEqualsIgnoreCase", Kind.EQUAL_IGNORING_CASE, true),
            entry("StringLike", Kind.LIKE, false),
            entry("StringNotLike", Kind.LIKE, true),
            entry("ArnEquals", Kind.LIKE, false),
            entry("ArnNotEquals", Kind.LIKE, true),
            entry("ArnLike", Kind.LIKE, false),
            entry("ArnNotLike", Kind.LIKE, true),
            entry("BinaryEquals", Kind.EQUAL, false),
            entry("Bool", Kind.EQUAL_IGNORING_CASE, false),
            entry("NumericEquals", Kind.NUMBER_EQUAL, false),
            entry("NumericNotEquals", Kind.NUMBER_EQUAL, true),
            entry("NumericLessThan", Kind.NUMBER_LESS, false),
            entry("NumericGreaterThanEquals", Kind.NUMBER_LESS, true),
            entry("NumericLessThanEquals", Kind.NUMBER_AT_MOST, false),
            entry("NumericGreaterThan", Kind.NUMBER_AT_MOST, true),
            entry("DateEquals", Kind.DATE_EQUAL, false),
            entry("DateNotEquals", Kind.DATE_EQUAL, true),
            entry("DateLessThan", Kind.DATE_LESS, false),
            entry("DateGreaterThanEquals", Kind.DATE_LESS, true),
            entry("DateLessThanEquals", Kind.DATE_AT_MOST, false),
            entry("DateGreaterThan", Kind.DATE_AT_MOST, true),
            entry("IpAddress", Kind.IN_NETWORK, false),
            entry("NotIpAddress", Kind.IN_NETWORK, true),
            entry("Null", Kind.NULL, false));

    /** A comparison of the value that is there with one of the policy. */
    @SuppressWarnings("ImmutableEnumChecker") // The comparisons have no state.
    enum Kind {
        EQUAL(String::equals),
        EQUAL_IGNORING_CASE(String::equalsIgnoreCase),
        LIKE((value, pattern) -> Wildcard.matches(pattern, value)),
        NUMBER_EQUAL((value, due) -> number(value, due, order -> order == 0)),
        NUMBER_LESS((value, due) -> number(value, due, order -> order < 0)),
        NUMBER_AT_MOST((value, due) -> number(value, due, order -> order <= 0)),
        DATE_EQUAL((value, due) -> date(value, due, order -> order == 0)),
        DATE_LESS((value, due) -> date(value, due, order -> order < 0)),
        DATE_AT_MOST((value, due) -> date(value, due, order -> order <= 0)),
        IN_NETWORK((value, network) -> Network.contains(network, value)),
        NULL((value, due) -> false);

        private final BiPredicate<String, String> comparison;

        Kind(BiPredicate<String, String> comparison) {
            this.comparison = comparison;
        }

        boolean test(String value, String ofPolicy) {
            return comparison.test(value, ofPolicy);
        }
    }

    /** What an order has to be. */
    private interface Order {
        boolean holds(int order);
    }

    /** The operator of this name, without prefix and suffix; null where there is none. */
    static @Nullable ConditionOperator named(String name) {
        return BY_NAME.get(name);
    }

    private static Map.Entry<String, ConditionOperator> entry(String name, Kind kind, boolean negated) {
        return Map.entry(name, new ConditionOperator(kind, negated));
    }

    private static boolean number(String value, String due, Order order) {
        try {
            return order.holds(new BigDecimal(value).compareTo(new BigDecimal(due)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean date(String value, String due, Order order) {
        try {
            return order.holds(moment(value).compareTo(moment(due)));
        } catch (DateTimeParseException | NumberFormatException e) {
            return false;
        }
    }

    private static Instant moment(String text) {
        return text.contains("-") ? Instant.parse(text) : Instant.ofEpochSecond(Long.parseLong(text));
    }
}
