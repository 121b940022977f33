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

/** What is in a layer: exactly one source. AWS: Lambda API Reference, LayerVersionContentInput. */
@Bindable
@ExactlyOneOf({"files", "path", "s3", "url", "configMapRef", "parts"})
@CelRule(rule = "has(self.url) == has(self.sha256)", message = "url and sha256 belong together")
public record LayerCode(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Description("Files that are written out here: text by path below /opt, such as python/tools.py.")
        @Size(min = 1, max = 50)
        Map<@Text(min = 1, max = 256) String, @Text(max = 200000) String> files,

        @Description(
                "A folder or a zip file on this machine, relative to the YAML file, as it is: what it has in python, nodejs/node_modules, bin, lib or java/lib is found. A cluster refuses it: ./ruststack package turns it into what a cluster takes.")
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

        @Description("A ConfigMap whose only binaryData entry is a zip file.") @Nullable
        NameReference configMapRef,

        @Description("The pieces of a zip file, in order, where it is larger than one ConfigMap or Secret.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        List<Part> parts) {
    public LayerCode {
        files = Absent.asEmpty(files);
        parts = Absent.asEmpty(parts);
    }

    /** As that of a function. */
    public Code code() {
        return new Code(files, path, s3, url, sha256, null, configMapRef, parts);
    }
}
