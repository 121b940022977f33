package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** A toleration of a node's taint, as Kubernetes has it. */
@Bindable
public record Toleration(
        @Description("Key of the taint. Absent: every key.") @Nullable @Text(max = 317)
        String key,

        @Description("Equal compares the value; Exists does not.") @Default("Equal") @OneOf({"Equal", "Exists"})
        String operator,

        @Description("Value of the taint.") @Nullable @Text(max = 63)
        String value,

        @Description("Effect of the taint. Absent: every effect.")
        @Nullable
        @OneOf({"NoSchedule", "PreferNoSchedule", "NoExecute"})
        String effect,

        @Description("How long a NoExecute taint is tolerated.") @Nullable @Range(min = 0)
        Integer tolerationSeconds) {
    public Toleration {
        operator = Absent.as(operator, "Equal");
    }
}
