package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;

/** Whether requests are traced. AWS: Lambda API Reference, TracingConfig. */
@Bindable
public record TracingConfig(
        @Required @Description("Kept and given back; nothing is traced.") @OneOf({"Active", "PassThrough"})
        String mode) {}
