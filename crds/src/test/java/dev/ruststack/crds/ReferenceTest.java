package dev.ruststack.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.schema.Shape;
import dev.ruststack.crds.schema.Shapes;
import dev.ruststack.crds.status.RustStackStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** docs/reference.md is what the records say. */
class ReferenceTest {
    private static final Path COMMITTED = Path.of("../docs/reference.md");
    private static final String COMMAND = "./mvnw -q -pl crds test -Dtest=ReferenceTest -Dregenerate=true";

    /** The records still to be written, by the heading they get: the path at which they are met first. */
    private final ArrayDeque<Shape.Fields> waiting = new ArrayDeque<>();

    private final Map<Class<?>, String> headings = new LinkedHashMap<>();

    @Test
    void theCommittedReferenceIsWhatTheRecordsSay() throws IOException {
        var page = page();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(COMMITTED, page);
        }
        assertThat(COMMITTED).as("make it with: " + COMMAND).exists();
        assertThat(Files.readString(COMMITTED))
                .as("make it again with: " + COMMAND)
                .isEqualTo(page);
    }

    @Test
    void everyFieldIsInIt() {
        assertThat(page())
                .contains("## spec.buckets[]", "## status.conditions[]", "| `attributeDefinitions` |", "`us-east-1`")
                .doesNotContain("null");
    }

    private String page() {
        var out = new StringBuilder();
        out.append("# The RustStack resource, field by field\n\n");
        out.append("Made from the records of the module `crds`; to make it again:\n`")
                .append(COMMAND)
                .append("`.\n\n");
        out.append("`apiVersion: ruststack.dev/v1alpha1`, `kind: RustStack`, short name `rstk`. ");
        out.append("[Write a stack file](stack-file.md) shows it in use.\n");
        section(out, Shapes.of(RustStackSpec.class), "spec");
        section(out, Shapes.of(RustStackStatus.class), "status");
        return out.toString();
    }

    private void section(StringBuilder out, Shape.Fields root, String path) {
        heading(root, path);
        while (!waiting.isEmpty()) {
            write(out, waiting.poll());
        }
    }

    private String heading(Shape.Fields fields, String path) {
        var known = headings.putIfAbsent(fields.type(), path);
        if (known == null) {
            waiting.add(fields);
        }
        return known == null ? path : known;
    }

    private void write(StringBuilder out, Shape.Fields fields) {
        var path = headings.get(fields.type());
        out.append("\n## ").append(path).append("\n\n");
        if (!fields.exactlyOneOf().isEmpty()) {
            out.append("Exactly one of ").append(code(fields.exactlyOneOf())).append(".\n\n");
        }
        fields.rules()
                .forEach(rule -> out.append("Rule: ").append(rule.message()).append(".\n\n"));
        out.append("| field | type | meaning |\n|---|---|---|\n");
        for (var field : fields.fields()) {
            out.append("| `").append(field.name()).append("` | ");
            out.append(type(field.shape(), path + "." + field.name())).append(" | ");
            out.append(meaning(field)).append(" |\n");
        }
    }

    private static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private static String meaning(Shape.Field field) {
        var parts = new ArrayList<String>();
        parts.add(field.description());
        var byDefault = field.defaultValue();
        if (field.required()) {
            parts.add("**Required.**");
        }
        if (field.immutable()) {
            parts.add("Cannot be changed.");
        }
        if (field.localOnly()) {
            parts.add("On one machine only.");
        }
        if (byDefault != null && !byDefault.equals("{}") && !byDefault.isEmpty()) {
            parts.add("Default: `" + byDefault + "`.");
        }
        field.rules().forEach(rule -> parts.add("Rule: " + rule.message() + "."));
        return String.join(" ", parts).replace("|", "\\|");
    }

    private String type(Shape shape, String path) {
        return switch (shape) {
            case Shape.Fields fields -> link(heading(fields, path));
            case Shape.ListOf list ->
                "list of " + type(list.element(), path + "[]") + most(list.max()) + keys(list.keys());
            case Shape.MapOf map -> "map to " + type(map.value(), path + ".*") + most(map.max());
            case Shape.Text text -> text(text);
            case Shape.Choice choice -> code(choice.values());
            case Shape.Quantity _ -> "quantity";
            case Shape.Whole whole -> whole(whole);
            case Shape.Flag _ -> "`true`, `false`";
            case Shape.FreeForm _ -> "any object";
        };
    }

    private static String link(String heading) {
        return "[" + heading + "](#"
                + heading.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "") + ")";
    }

    private static String most(int most) {
        return most == Integer.MAX_VALUE ? "" : ", at most " + most;
    }

    private static String keys(List<String> keys) {
        return keys.isEmpty() ? "" : ", by " + code(keys);
    }

    private static String text(Shape.Text text) {
        var means = meansOf(text);
        return "text" + (means == null ? "" : ": " + means.replace("|", "\\|")) + ", at most " + text.max();
    }

    private static @Nullable String meansOf(Shape.Text text) {
        return text.means().isEmpty() ? null : text.means();
    }

    private static String whole(Shape.Whole whole) {
        return whole.max() >= Integer.MAX_VALUE
                ? "integer from " + whole.min()
                : "integer, " + whole.min() + " to " + whole.max();
    }
}
