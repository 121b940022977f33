package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** When a step on the way to Ready was done. */
@Bindable
public record Timing(
        @Required @Text(min = 1, max = 64) @Description("The step, in one CamelCase word.")
        String step,

        @Required @Range @Description("Milliseconds after the operator first saw this generation of the resource.")
        Long milliseconds) {}
