package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;

/** Memory and timeout of functions that do not give their own. AWS: Lambda API Reference, CreateFunction. */
@Bindable
public record FunctionDefaults(
        @Description("Memory in MB.") @Default("128") @Range(min = 128, max = 10240)
        Integer memorySize,

        @Description("Timeout in seconds.") @Default("3") @Range(min = 1, max = 900)
        Integer timeout) {
    public static final FunctionDefaults DEFAULT = new FunctionDefaults(128, 3);

    public FunctionDefaults {
        memorySize = Absent.as(memorySize, 128);
        timeout = Absent.as(timeout, 3);
    }
}
