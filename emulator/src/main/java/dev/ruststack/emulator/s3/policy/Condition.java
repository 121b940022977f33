package dev.ruststack.emulator.s3.policy;

import dev.ruststack.emulator.s3.policy.ConditionOperator.Kind;
import java.util.List;
import java.util.Map;

/**
 * One key of a statement's conditions. AWS: IAM User Guide, Conditions with multiple context keys or values.
 *
 * @param ifExists whether it holds where the key is not there
 * @param forAll whether it is about each of the values of a key that has several; else one is enough
 * @param key in lower case
 */
record Condition(ConditionOperator operator, boolean ifExists, boolean forAll, String key, List<String> values) {
    Condition {
        values = List.copyOf(values);
    }

    boolean holds(Map<String, List<String>> context) {
        var found = context.get(key);
        if (operator.kind() == Kind.NULL) {
            return values.stream().anyMatch(each -> Boolean.parseBoolean(each) == (found == null));
        }
        if (found == null) {
            return ifExists || operator.negated();
        }
        return forAll ? found.stream().allMatch(this::takes) : found.stream().anyMatch(this::takes);
    }

    private boolean takes(String value) {
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
