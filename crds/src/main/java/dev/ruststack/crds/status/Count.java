package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;

/** How many there are, and how many of them are ready. */
@Bindable
public record Count(
        @Required @Range @Description("How many there are.") Integer total,
        @Required @Range @Description("How many are ready.") Integer ready) {}
