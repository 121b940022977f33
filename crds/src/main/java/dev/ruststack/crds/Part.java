package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import org.jspecify.annotations.Nullable;

/** A piece of something that may be larger than one Kubernetes object holds; pieces are joined in their order. */
@Bindable
@ExactlyOneOf(
        value = {"configMapKeyRef", "secretKeyRef"},
        counted = true)
public record Part(
        @Description("A key of a ConfigMap.") @Nullable KeyReference configMapKeyRef,
        @Description("A key of a Secret.") @Nullable KeyReference secretKeyRef) {}
