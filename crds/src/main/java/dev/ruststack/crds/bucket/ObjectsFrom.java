package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.Part;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many objects at once: each file of a folder or a zip, or each key of a ConfigMap or Secret, becomes an object. */
@Bindable
@ExactlyOneOf({"path", "configMapRef", "secretRef", "parts"})
public record ObjectsFrom(
        @Description(
                "A folder on this machine, relative to the YAML file; the path of each file below it, with '/', is its key.")
        @LocalOnly
        @Nullable
        @Text(min = 1, max = 4096)
        String path,

        @Description("A ConfigMap; its keys are the objects' keys.") @Nullable
        NameReference configMapRef,

        @Description("A Secret; its keys are the objects' keys.") @Nullable
        NameReference secretRef,

        @Description("The pieces of a zip file, in order; the path of each file in it is its key.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        List<Part> parts,

        @Description("Put before every key.") @Default("") @Text(max = 512)
        String keyPrefix) {
    public ObjectsFrom {
        parts = Absent.asEmpty(parts);
        keyPrefix = Absent.as(keyPrefix, "");
    }
}
