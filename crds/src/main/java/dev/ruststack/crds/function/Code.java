package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.Part;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function's code: exactly one source. AWS: Lambda API Reference, FunctionCode. */
@Bindable
@ExactlyOneOf({"files", "path", "s3", "url", "imageUri", "configMapRef", "parts"})
@CelRule(rule = "has(self.url) == has(self.sha256)", message = "url and sha256 belong together")
public record Code(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Description("Files that are written out here: text by relative path.")
        @Size(min = 1, max = 50)
        Map<@Text(min = 1, max = 256) String, @Text(max = 200000) String> files,

        @Description(
                "A folder or a zip file on this machine, relative to the YAML file; requirements.txt and package.json of a folder are honoured. A cluster refuses it: ./ruststack package turns it into what a cluster takes.")
        @LocalOnly
        @Nullable
        @Text(min = 1, max = 4096)
        String path,

        @Description("A zip file in one of the stack's buckets.") @Nullable
        S3Location s3,

        @Description("Where to download a zip file; needs sha256.")
        @Nullable
        @Text(min = 1, max = 2048, pattern = "https?://.+", means = "an http or https address")
        String url,

        @Description("The zip file's SHA-256, in hexadecimal.")
        @Nullable
        @Text(min = 64, max = 64, pattern = "[0-9a-f]{64}", means = "64 lower-case hexadecimal digits")
        String sha256,

        @Description("A container image that holds the function.") @Nullable @Text(min = 1, max = 512)
        String imageUri,

        @Description("A ConfigMap whose only binaryData entry is a zip file.") @Nullable
        NameReference configMapRef,

        @Description("The pieces of a zip file, in order, where it is larger than one ConfigMap or Secret.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        List<Part> parts) {
    /** What the names of {@code files} have to be. Not in CEL: the cost of a rule on keys cannot be bounded there. */
    public static final String FILES_RULE = "names of files are relative paths without '..'";

    public Code {
        files = Absent.asEmpty(files);
        parts = Absent.asEmpty(parts);
    }
}
