package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.http.PercentEncoding;
import java.util.Map;
import java.util.function.Consumer;

/** The XML of an answer's result, element by element. */
final class Answer {
    private final StringBuilder xml = new StringBuilder();

    /** An element with text. */
    Answer text(String name, Object value) {
        xml.append('<').append(name).append('>');
        escape(value.toString());
        xml.append("</").append(name).append('>');
        return this;
    }

    /** An element with others in it. */
    Answer element(String name, Consumer<Answer> content) {
        xml.append('<').append(name).append('>');
        content.accept(this);
        xml.append("</").append(name).append('>');
        return this;
    }

    /** A list of elements. */
    <T> Answer list(String name, Iterable<T> items, java.util.function.BiConsumer<Answer, T> item) {
        return element(name, list -> items.forEach(each -> list.element("member", one -> item.accept(one, each))));
    }

    /** A list of texts. */
    Answer texts(String name, Iterable<String> items) {
        return element(name, list -> items.forEach(each -> list.text("member", each)));
    }

    /** Documents travel encoded as in URLs. */
    Answer document(String name, String document) {
        return text(name, PercentEncoding.encode(document));
    }

    Answer tags(Map<String, String> tags) {
        return list(
                "Tags",
                tags.entrySet(),
                (one, tag) -> one.text("Key", tag.getKey()).text("Value", tag.getValue()));
    }

    Answer complete() {
        return text("IsTruncated", false);
    }

    /** A role, without its tags. */
    Answer role(Role role) {
        text("Path", role.path())
                .text("RoleName", role.roleName())
                .text("RoleId", role.roleId())
                .text("Arn", role.arn())
                .text("CreateDate", role.createDate())
                .document("AssumeRolePolicyDocument", role.trust());
        if (role.description() != null) {
            text("Description", role.description());
        }
        text("MaxSessionDuration", role.maxSessionDuration());
        var boundary = role.permissionsBoundary();
        return boundary == null
                ? this
                : element(
                        "PermissionsBoundary",
                        one -> one.text("PermissionsBoundaryType", "Policy").text("PermissionsBoundaryArn", boundary));
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                default -> xml.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
