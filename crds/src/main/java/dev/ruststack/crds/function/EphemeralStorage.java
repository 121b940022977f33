package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;

/** The size of a function's /tmp. AWS: Lambda API Reference, EphemeralStorage. */
@Bindable
public record EphemeralStorage(
        @Required @Description("MB of /tmp.") @Range(min = 512, max = 10240)
        Integer size) {
    /** What a function has that does not say it, in MB. */
    public static final int DEFAULT_SIZE = 512;
}
