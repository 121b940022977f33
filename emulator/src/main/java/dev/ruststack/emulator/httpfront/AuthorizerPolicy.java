package dev.ruststack.emulator.httpfront;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The policy that an authorizer gives back; conditions are not looked at. */
record AuthorizerPolicy(List<Statement> statements) {
    private static final String INVOKE = "execute-api:Invoke";

    enum Decision {
        ALLOW,
        DENY,
        /** Nothing is said of it. */
        SILENT
    }

    private record Statement(boolean allows, List<String> actions, List<String> resources) {
        boolean concerns(String arn) {
            return actions.stream().anyMatch(action -> matches(action, INVOKE))
                    && resources.stream().anyMatch(resource -> matches(resource, arn));
        }
    }

    /** The policy; null where it is none. */
    static @Nullable AuthorizerPolicy of(JsonNode document) {
        var list = document.path("Statement");
        if (!list.isArray() && !list.isObject()) {
            return null;
        }
        var statements = new ArrayList<Statement>();
        for (var statement : list.isObject() ? List.of(list) : list) {
            var effect = statement.path("Effect").asString("");
            if (!effect.equalsIgnoreCase("Allow") && !effect.equalsIgnoreCase("Deny")) {
                return null;
            }
            statements.add(new Statement(
                    effect.equalsIgnoreCase("Allow"),
                    texts(statement.path("Action")),
                    texts(statement.path("Resource"))));
        }
        return new AuthorizerPolicy(List.copyOf(statements));
    }

    private static List<String> texts(JsonNode oneOrMany) {
        if (oneOrMany.isString()) {
            return List.of(oneOrMany.asString());
        }
        return oneOrMany.valueStream().map(each -> each.asString("")).toList();
    }

    Decision decide(String arn) {
        var concerned =
                statements.stream().filter(statement -> statement.concerns(arn)).toList();
        if (concerned.isEmpty()) {
            return Decision.SILENT;
        }
        return concerned.stream().allMatch(Statement::allows) ? Decision.ALLOW : Decision.DENY;
    }

    private static boolean matches(String pattern, String text) {
        var regex = new StringBuilder();
        pattern.chars()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(text)
                .matches();
    }
}
