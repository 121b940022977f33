package dev.ruststack.emulator.cloudwatchlogs;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A condition on a JSON document. AWS: Amazon CloudWatch Logs User Guide, Filter pattern syntax, JSON log events. */
sealed interface JsonCondition {
    boolean holds(JsonNode document);

    /** Whether it holds for a line; never for one that is no JSON object. */
    default boolean holds(String line) {
        if (!line.stripLeading().startsWith("{")) {
            return false;
        }
        try {
            return holds(JsonMapper.shared().readTree(line));
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Both hold. */
    record And(JsonCondition left, JsonCondition right) implements JsonCondition {
        @Override
        public boolean holds(JsonNode document) {
            return left.holds(document) && right.holds(document);
        }
    }

    /** One holds. */
    record Or(JsonCondition left, JsonCondition right) implements JsonCondition {
        @Override
        public boolean holds(JsonNode document) {
            return left.holds(document) || right.holds(document);
        }
    }

    /** A comparison's operator. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** A test of one value, of which {@code [*]} in the path makes many: one that passes is enough. */
    sealed interface Test {
        boolean passes(JsonNode value);
    }

    /**
     * A value that is compared with a text, in which {@code *} stands for anything.
     *
     * @param parts the text between the stars
     */
    record Text(Operator operator, List<String> parts) implements Test {
        @Override
        public boolean passes(JsonNode value) {
            if (!value.isValueNode() || value.isNull() || value.isMissingNode()) {
                return false;
            }
            return matches(value.asString()) == (operator == Operator.EQUAL);
        }

        private boolean matches(String text) {
            var first = parts.getFirst();
            if (parts.size() == 1) {
                return text.equals(first);
            }
            var last = parts.getLast();
            int at = first.length();
            if (!text.startsWith(first) || !text.endsWith(last) || text.length() < at + last.length()) {
                return false;
            }
            for (var part : parts.subList(1, parts.size() - 1)) {
                int found = text.indexOf(part, at);
                if (found < 0) {
                    return false;
                }
                at = found + part.length();
            }
            return at <= text.length() - last.length();
        }
    }

    /** A value that is compared with a number. */
    record Numeric(Operator operator, BigDecimal other) implements Test {
        @Override
        public boolean passes(JsonNode value) {
            if (!value.isNumber()) {
                return operator == Operator.NOT_EQUAL && value.isValueNode() && !value.isMissingNode();
            }
            int order = value.decimalValue().compareTo(other);
            return switch (operator) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    /** A value that has to be true, false or null; {@code truth} is null for that. */
    record Is(@Nullable Boolean truth) implements Test {
        @Override
        public boolean passes(JsonNode value) {
            return truth == null ? value.isNull() : value.isBoolean() && value.booleanValue() == truth;
        }
    }

    /** A value that has not to be there. */
    record NotExists() implements Test {
        @Override
        public boolean passes(JsonNode value) {
            return value.isMissingNode();
        }
    }

    /**
     * A test of what is at a path.
     *
     * @param path names, {@code [n]} for an element, {@code [*]} for each
     */
    record Compare(List<String> path, Test test) implements JsonCondition {
        @Override
        public boolean holds(JsonNode document) {
            return at(document, 0);
        }

        private boolean at(JsonNode node, int depth) {
            if (depth == path.size()) {
                return test.passes(node);
            }
            var step = path.get(depth);
            if (step.equals("[*]")) {
                return node.valueStream().anyMatch(each -> at(each, depth + 1));
            }
            return step.startsWith("[")
                    ? at(node.path(Integer.parseInt(step.substring(1, step.length() - 1))), depth + 1)
                    : at(node.path(step), depth + 1);
        }
    }
}
