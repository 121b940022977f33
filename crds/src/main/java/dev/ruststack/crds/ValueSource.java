package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import org.jspecify.annotations.Nullable;

/** Where a value is taken from instead of being written out. */
@Bindable
@ExactlyOneOf({"secretKeyRef", "configMapKeyRef"})
public record ValueSource(
        @Description("A key of a Secret.") @Nullable KeyReference secretKeyRef,
        @Description("A key of a ConfigMap.") @Nullable KeyReference configMapKeyRef) {}
