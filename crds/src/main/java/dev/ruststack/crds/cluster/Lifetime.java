package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import org.jspecify.annotations.Nullable;

/** When the stack deletes itself. */
@Bindable
public record Lifetime(
        @Description("Seconds after its creation. Absent: never.") @Nullable @Range(min = 60)
        Integer ttlSeconds) {}
