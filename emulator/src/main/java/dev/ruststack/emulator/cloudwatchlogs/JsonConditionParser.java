package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.cloudwatchlogs.JsonCondition.Compare;
import dev.ruststack.emulator.cloudwatchlogs.JsonCondition.Operator;
import dev.ruststack.emulator.cloudwatchlogs.JsonCondition.Test;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code { $.a.b[0] = "x*" && ( $.n > 3 || $.c NOT EXISTS ) }}. */
final class JsonConditionParser {
    private static final int MAX_DEPTH = 50;

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(&&|\\|\\||!=|<=|>=|[=<>(){}])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s&|!=<>(){}\"]+))");
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|(\\[(?:\\d{1,6}|\\*)])");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,2})?");

    private record Token(String text, boolean quoted) {
        boolean is(String symbol) {
            return !quoted && text.equals(symbol);
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    JsonConditionParser(String pattern) {
        var matcher = TOKEN.matcher(pattern);
        int at = 0;
        while (at < pattern.length() && matcher.find(at) && matcher.start() == at) {
            var symbol = matcher.group(1);
            var string = matcher.group(2);
            if (string == null) {
                tokens.add(new Token(symbol == null ? matcher.group(3) : symbol, false));
            } else {
                tokens.add(new Token(string.replaceAll("\\\\(.)", "$1"), true));
            }
            at = matcher.end();
        }
        if (at < pattern.length()) {
            throw invalid();
        }
    }

    private static RuntimeException invalid() {
        return LogsError.INVALID_PARAMETER.saying("Invalid filter pattern");
    }

    JsonCondition parse() {
        expect("{");
        var condition = or();
        expect("}");
        if (next != tokens.size()) {
            throw invalid();
        }
        return condition;
    }

    private JsonCondition or() {
        var left = and();
        while (take("||")) {
            left = new JsonCondition.Or(left, and());
        }
        return left;
    }

    private JsonCondition and() {
        var left = simple();
        while (take("&&")) {
            left = new JsonCondition.And(left, simple());
        }
        return left;
    }

    private JsonCondition simple() {
        if (!take("(")) {
            return new Compare(path(token().text()), test());
        }
        if (++depth > MAX_DEPTH) {
            throw invalid();
        }
        var inner = or();
        depth--;
        expect(")");
        return inner;
    }

    private static List<String> path(String text) {
        if (!text.startsWith("$")) {
            throw invalid();
        }
        var steps = new ArrayList<String>();
        var matcher = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw invalid();
            }
            steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            at = matcher.end();
        }
        return List.copyOf(steps);
    }

    private Test test() {
        var token = token();
        if (token.is("IS")) {
            return switch (token().text()) {
                case "TRUE" -> new JsonCondition.Is(true);
                case "FALSE" -> new JsonCondition.Is(false);
                case "NULL" -> new JsonCondition.Is(null);
                default -> throw invalid();
            };
        }
        if (token.is("NOT")) {
            expect("EXISTS");
            return new JsonCondition.NotExists();
        }
        var operator = operator(token);
        if (operator == null) {
            throw invalid();
        }
        return compared(operator, token());
    }

    private static Test compared(Operator operator, Token value) {
        if (!value.quoted() && NUMBER.matcher(value.text()).matches()) {
            return new JsonCondition.Numeric(operator, new BigDecimal(value.text()));
        }
        if (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
            throw invalid();
        }
        return new JsonCondition.Text(operator, List.of(value.text().split("\\*", -1)));
    }

    private static @Nullable Operator operator(Token token) {
        return switch (token.quoted() ? "" : token.text()) {
            case "=" -> Operator.EQUAL;
            case "!=" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private Token token() {
        if (next == tokens.size()) {
            throw invalid();
        }
        return tokens.get(next++);
    }

    private boolean take(String symbol) {
        boolean there = next < tokens.size() && tokens.get(next).is(symbol);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String symbol) {
        if (!take(symbol)) {
            throw invalid();
        }
    }
}
