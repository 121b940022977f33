package dev.ruststack.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.Shape;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts the bounds, defaults, list types and CEL rules of a {@link Shape} into the schema that fabric8's generator made
 * of the same records. fabric8's annotations could say a part of it only, and the YAML reader could not see them.
 */
final class CrdSchema {
    private static final String LOCAL_ONLY =
            "a path is for one machine only; ./ruststack package turns it into what a cluster takes";

    private CrdSchema() {}

    static void apply(Shape shape, JSONSchemaProps schema) {
        switch (shape) {
            case Shape.Fields fields -> fields(fields, schema);
            case Shape.ListOf list -> list(list, schema);
            case Shape.MapOf map -> map(map, schema);
            case Shape.Text text -> text(text, schema);
            case Shape.Choice choice ->
                schema.setEnum(choice.values().stream()
                        .map(value -> (JsonNode) TextNode.valueOf(value))
                        .toList());
            case Shape.Quantity() -> quantity(schema);
            case Shape.Whole whole -> whole(whole, schema);
            case Shape.Flag() -> assertThat(schema.getType()).isEqualTo("boolean");
            case Shape.FreeForm() -> {
                schema.setAdditionalProperties(null);
                schema.setXKubernetesPreserveUnknownFields(true);
            }
        }
    }

    private static void fields(Shape.Fields shape, JSONSchemaProps schema) {
        assertThat(schema.getProperties().keySet())
                .as("what fabric8 and Shapes see of %s", shape.type())
                .containsExactlyInAnyOrderElementsOf(shape.names());
        shape.fields().forEach(field -> field(field, schema.getProperties().get(field.name())));
        schema.setRequired(shape.fields().stream()
                .filter(Shape.Field::required)
                .map(Shape.Field::name)
                .sorted()
                .toList());
        var rules = new ArrayList<ValidationRule>();
        var oneOf = shape.type().getAnnotation(ExactlyOneOf.class);
        if (oneOf != null && oneOf.counted()) {
            assertThat(shape.exactlyOneOf()).containsExactlyInAnyOrderElementsOf(shape.names());
            schema.setMinProperties(1L);
            schema.setMaxProperties(1L);
        } else if (oneOf != null) {
            rules.add(exactlyOneOf(shape.exactlyOneOf()));
        }
        shape.rules().forEach(rule -> rules.add(rule(rule)));
        schema.setXKubernetesValidations(rules);
    }

    private static void field(Shape.Field field, JSONSchemaProps schema) {
        apply(field.shape(), schema);
        schema.setDescription(field.description());
        if (field.defaultValue() != null) {
            schema.setDefault(byDefault(field.shape(), field.defaultValue()));
        }
        var rules = new ArrayList<>(schema.getXKubernetesValidations());
        if (field.immutable()) {
            rules.add(rule("self == oldSelf", field.name() + " is immutable"));
        }
        if (field.localOnly()) {
            rules.add(rule(field.shape() instanceof Shape.Whole ? "self == 0" : "size(self) == 0", LOCAL_ONLY));
        }
        field.rules().forEach(rule -> rules.add(rule(rule)));
        schema.setXKubernetesValidations(rules);
    }

    private static JsonNode byDefault(Shape shape, String value) {
        return switch (shape) {
            case Shape.Fields _ -> JsonNodeFactory.instance.objectNode();
            case Shape.Whole _ -> IntNode.valueOf(Integer.parseInt(value));
            case Shape.Flag _ -> BooleanNode.valueOf(Boolean.parseBoolean(value));
            case Shape.Text _, Shape.Choice _, Shape.Quantity _ -> TextNode.valueOf(value);
            case Shape.ListOf _, Shape.MapOf _, Shape.FreeForm _ ->
                throw new IllegalStateException(shape + " has no default but nothing");
        };
    }

    private static void list(Shape.ListOf shape, JSONSchemaProps schema) {
        apply(shape.element(), schema.getItems().getSchema());
        schema.setItems(new JSONSchemaPropsOrArray(List.of(), schema.getItems().getSchema()));
        schema.setMinItems(atLeast(shape.min()));
        schema.setMaxItems((long) shape.max());
        schema.setXKubernetesListType(shape.keys().isEmpty() ? "atomic" : "map");
        schema.setXKubernetesListMapKeys(shape.keys());
    }

    private static void map(Shape.MapOf shape, JSONSchemaProps schema) {
        var values = schema.getAdditionalProperties().getSchema();
        apply(shape.value(), values);
        schema.setAdditionalProperties(new JSONSchemaPropsOrBool(null, values));
        schema.setMinProperties(atLeast(shape.min()));
        schema.setMaxProperties((long) shape.max());
    }

    private static void text(Shape.Text shape, JSONSchemaProps schema) {
        assertThat(schema.getType()).isEqualTo("string");
        schema.setMinLength(atLeast(shape.min()));
        schema.setMaxLength((long) shape.max());
        var pattern = shape.pattern();
        if (pattern != null) {
            schema.setPattern("^(?:" + pattern.pattern() + ")$");
        }
    }

    private static void quantity(JSONSchemaProps schema) {
        schema.setType(null);
        schema.setXKubernetesIntOrString(true);
        schema.setAnyOf(Stream.of("integer", "string")
                .map(type -> {
                    var either = new JSONSchemaProps();
                    either.setType(type);
                    return either;
                })
                .toList());
        schema.setMaxLength(32L);
        schema.setPattern("^(?:" + Shape.Quantity.PATTERN.pattern() + ")$");
    }

    private static void whole(Shape.Whole shape, JSONSchemaProps schema) {
        assertThat(schema.getType()).isEqualTo("integer");
        schema.setFormat(shape.wide() ? "int64" : "int32");
        schema.setMinimum((double) shape.min());
        schema.setMaximum(shape.max() == Integer.MAX_VALUE ? null : (double) shape.max());
    }

    private static Long atLeast(int min) {
        return min == 0 ? null : (long) min;
    }

    private static ValidationRule exactlyOneOf(List<String> names) {
        var given = String.join(
                ", ", names.stream().map(name -> "has(self." + name + ")").toList());
        return rule("[" + given + "].filter(x, x).size() == 1", "needs exactly one of " + String.join(", ", names));
    }

    private static ValidationRule rule(CelRule rule) {
        return rule(rule.rule(), rule.message());
    }

    private static ValidationRule rule(String rule, String message) {
        return new ValidationRuleBuilder().withRule(rule).withMessage(message).build();
    }
}
