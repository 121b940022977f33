package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** A condition as Kubernetes defines it (API conventions, typical status properties). */
@Bindable
public record Condition(
        @Required @Text(min = 1, max = 316) @Description("What is judged.")
        String type,

        @Required @OneOf({TRUE, FALSE, UNKNOWN}) @Description("The judgement.")
        String status,

        @Description("The generation of the spec that it is about.") @Nullable @Range
        Long observedGeneration,

        @Required @Text(max = 64) @Description("When status last changed (RFC 3339).")
        String lastTransitionTime,

        @Required
        @Text(min = 1, max = 1024, pattern = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?", means = "a CamelCase word")
        @Description("Why, in one CamelCase word.")
        String reason,

        @Required @Text(max = 32768) @Description("Why, in a sentence; may be empty.")
        String message) {
    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";
}
