package dev.ruststack.emulator.s3.policy;

import dev.ruststack.emulator.s3.policy.ConditionOperator.Kind;
import java.util.List;
import java.util.Map;

/**
 * One key of a statement's conditions. RustStack's keys have one value each, so {@code ForAllValues} and
 * {@code ForAnyValue} differ only where the key is not there.
 *
 * @param ifExists whether it holds where the key is not there
 * @param key in lower case
 */
record Condition(ConditionOperator operator, boolean ifExists, String key, List<String> values) {
    Condition {
        values = List.copyOf(values);
    }

    boolean holds(Map<String, String> context) {
        var value = context.get(key);
        if (operator.kind() == Kind.NULL) {
            return values.stream().anyMatch(each -> Boolean.parseBoolean(each) == (value == null));
        }
        if (value == null) {
            return ifExists || operator.negated();
        }
        return values.stream().anyMatch(each -> operator.kind().test(value, each)) != operator.negated();
    }

    /** Whether only some values pass. */
    boolean narrows() {
        boolean address = key.equals("aws:sourceip");
        return !operator.negated()
                && !ifExists
                && operator.kind() != Kind.NULL
                && values.stream().noneMatch(each -> each.equals("*") || address && each.endsWith("/0"));
    }
}
