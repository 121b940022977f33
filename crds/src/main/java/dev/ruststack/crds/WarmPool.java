package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** Runner pods of one runtime that wait, connected, for whichever function needs one next. */
@Bindable
public record WarmPool(
        @Required
        @Text(min = 1, max = 32, pattern = "[a-z0-9.]+", means = "a Lambda runtime's identifier such as python3.12")
        @Description("Lambda's identifier of the runtime, such as python3.12.")
        String runtime,

        @Description("How many wait; they count towards maxRunners.") @Default("1") @Range(min = 1, max = 20)
        Integer size,

        @Description("Their memory in MB: they serve the functions that have as much.")
        @Default("128")
        @Range(min = 128, max = 10240)
        Integer memorySize) {
    public WarmPool {
        size = Absent.as(size, 1);
        memorySize = Absent.as(memorySize, 128);
    }
}
