package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.QueryError;
import dev.ruststack.emulator.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The parameters of one call: a form of the AWS Query protocol. */
record Form(String action, Query parameters) {
    /** Refuses parameters that the action does not honour, by name. */
    Form only(String... names) {
        var known = Set.of(names);
        for (var parameter : parameters) {
            var name = parameter.name().split("\\.", 2)[0];
            if (!name.equals("Action") && !name.equals("Version") && !known.contains(name)) {
                throw QueryError.NOT_IMPLEMENTED.saying(
                        "RustStack does not implement " + action + " with " + name + ".");
            }
        }
        return this;
    }

    @Nullable
    String text(String name) {
        return parameters.first(name);
    }

    String required(String name) {
        var value = text(name);
        if (value == null || value.isEmpty()) {
            throw IamError.VALIDATION_ERROR.saying("1 validation error detected: Value null at '"
                    + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    /** A document that must be JSON. */
    String policy(String name) {
        var document = required(name);
        try {
            if (JsonMapper.shared().readTree(document).isObject()) {
                return document;
            }
        } catch (JacksonException e) {
            throw IamError.MALFORMED_POLICY_DOCUMENT.saying("Syntax errors in policy.");
        }
        throw IamError.MALFORMED_POLICY_DOCUMENT.error();
    }

    @Nullable
    Integer number(String name) {
        var text = text(name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw IamError.VALIDATION_ERROR.saying("The value " + text + " of " + name + " is no number.");
        }
    }

    /** The texts {@code NAME.member.1} and so on. */
    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        var value = text(name + ".member.1");
        for (int i = 2; value != null; i++) {
            texts.add(value);
            value = text(name + ".member." + i);
        }
        return texts;
    }

    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        var key = text("Tags.member.1.Key");
        for (int i = 1; key != null; key = text("Tags.member." + ++i + ".Key")) {
            var value = text("Tags.member." + i + ".Value");
            tags.put(key, value == null ? "" : value);
        }
        return tags;
    }
}
