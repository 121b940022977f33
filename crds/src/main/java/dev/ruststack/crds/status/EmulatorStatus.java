package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** The emulator that runs. */
@Bindable
public record EmulatorStatus(
        @Description("Its image.") @Nullable @Text(max = 512)
        String image,

        @Description("Its version.") @Nullable @Text(max = 64)
        String version,

        @Description("How often its container was restarted.") @Nullable @Range
        Integer restartCount,

        @Description("When it started (RFC 3339).") @Nullable @Text(max = 64)
        String startTime) {}
