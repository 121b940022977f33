package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import org.jspecify.annotations.Nullable;

/** User and group of the processes. */
@Bindable
public record PodSecurity(
        @Description("User id.") @Nullable @Range(min = 1) Integer runAsUser,
        @Description("Group id.") @Nullable @Range(min = 1) Integer runAsGroup,

        @Description("Group id of volumes.") @Nullable @Range(min = 1)
        Integer fsGroup) {}
