package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** One key of a ConfigMap or Secret of the stack's own namespace. */
@Bindable
public record KeyReference(
        @Required
        @Text(min = 1, max = 253, pattern = NameReference.PATTERN, means = "a Kubernetes name")
        @Description("Name of the object, in the stack's namespace.")
        String name,

        @Required
        @Text(min = 1, max = 253, pattern = "[-._a-zA-Z0-9]+", means = "letters, digits, '-', '_' and '.'")
        @Description("Key within the object's data.")
        String key) {}
