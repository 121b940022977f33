package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** A ConfigMap or Secret of the stack's own namespace, by name. */
@Bindable
public record NameReference(
        @Required
        @Text(min = 1, max = 253, pattern = NameReference.PATTERN, means = "a Kubernetes name")
        @Description("Name of the object, in the stack's namespace.")
        String name) {
    /** Kubernetes DNS subdomain names. */
    public static final String PATTERN = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
}
