package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;

/** Whether versions start from snapshots. AWS: Lambda API Reference, SnapStart. */
@Bindable
public record SnapStart(
        @Required
        @Description("Kept and given back; nothing starts from a snapshot.")
        @OneOf({"PublishedVersions", "None"})
        String applyOn) {}
