package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.Part;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Many objects at once: each file of a folder or a zip file, or each key of a ConfigMap or Secret, becomes an object. */
@Bindable
@ExactlyOneOf({"path", "configMapRef", "secretRef", "parts"})
public record ObjectsFrom(
        @Description(
                "A folder, or a zip file, on this machine, relative to the YAML file; the path of each file in it, with '/', is its key.")
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
        String keyPrefix,

        @Description("Cache-Control of every one.")
        @Nullable
        @Text(min = 1, max = 1024, pattern = ObjectSpec.LINE, means = ObjectSpec.LINE_MEANING)
        String cacheControl,

        @Description("User metadata of every one, without the prefix x-amz-meta-.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        Map<
                        @Text(min = 1, max = 128, pattern = "[A-Za-z0-9!#$%&'*+.^_|~-]+", means = "an HTTP header name")
                        String,
                        @Text(max = 2048) String>
                metadata,

        @Description("Tags of every one.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 10) @Keyed("key")
        List<BucketTag> tags) {
    public ObjectsFrom {
        metadata = Absent.asEmpty(metadata);
        tags = Absent.asEmpty(tags);
        parts = Absent.asEmpty(parts);
        keyPrefix = Absent.as(keyPrefix, "");
    }
}
