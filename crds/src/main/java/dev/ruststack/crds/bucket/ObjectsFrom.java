package dev.ruststack.crds.bucket;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** Many objects at once: each file of a folder, or each key of a ConfigMap, becomes an object. */
@Bindable
@ExactlyOneOf({"path", "configMapRef"})
public record ObjectsFrom(
        @Description(
                "A folder on this machine, relative to the YAML file; the path of each file below it, with '/', is its key.")
        @LocalOnly
        @Nullable
        @Text(min = 1, max = 4096)
        String path,

        @Description("A ConfigMap; its keys are the objects' keys.") @Nullable
        NameReference configMapRef,

        @Description("Put before every key.") @Default("") @Text(max = 512)
        String keyPrefix) {
    public ObjectsFrom {
        keyPrefix = Absent.as(keyPrefix, "");
    }
}
