package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.KeyReference;
import dev.ruststack.crds.Part;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of an object: exactly one source. */
@Bindable
@ExactlyOneOf({"text", "base64", "path", "configMapKeyRef", "secretKeyRef", "parts"})
public record Content(
        @Description("Text, stored as UTF-8.") @Nullable @Text(max = 262144)
        String text,

        @Description("Bytes in base64; spaces and line ends are passed over.")
        @Nullable
        @Text(max = 262144, pattern = "[A-Za-z0-9+/=\\s]*", means = "base64")
        String base64,

        @Description("A file on this machine, relative to the YAML file.")
        @LocalOnly
        @Nullable
        @Text(min = 1, max = 4096)
        String path,

        @Description("A key of a ConfigMap.") @Nullable KeyReference configMapKeyRef,
        @Description("A key of a Secret.") @Nullable KeyReference secretKeyRef,

        @Description("The pieces of the bytes, in order, where they are more than one ConfigMap or Secret holds.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        List<Part> parts) {
    public Content {
        parts = Absent.asEmpty(parts);
    }

    /**
     * The bytes, where the resource itself holds them; null for a reference.
     *
     * @throws IllegalArgumentException when {@code base64} is not
     */
    public byte @Nullable [] inlineBytes() {
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return base64 == null ? null : Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    }
}
