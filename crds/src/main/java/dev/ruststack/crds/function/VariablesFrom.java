package dev.ruststack.crds.function;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import org.jspecify.annotations.Nullable;

/** A Secret or ConfigMap, all of whose keys become variables. */
@Bindable
@ExactlyOneOf({"secretRef", "configMapRef"})
public record VariablesFrom(
        @Description("A Secret.") @Nullable NameReference secretRef,
        @Description("A ConfigMap.") @Nullable NameReference configMapRef) {}
