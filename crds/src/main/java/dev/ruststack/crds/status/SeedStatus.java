package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** The last seeding. */
@Bindable
public record SeedStatus(
        @Description("Hash of what was seeded.") @Nullable @Text(max = 128)
        String revision,

        @Description("The value of the annotation ruststack.dev/reseed-requested-at that was acted on.")
        @Nullable
        @Text(max = 256)
        String observedReseedRequest,

        @Description("When (RFC 3339).") @Nullable @Text(max = 64)
        String lastAppliedTime,

        @Description("How long it took.") @Nullable @Range Long durationMilliseconds) {}
