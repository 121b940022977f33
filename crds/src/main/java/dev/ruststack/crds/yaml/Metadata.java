package dev.ruststack.crds.yaml;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of Kubernetes' ObjectMeta that a RustStack file uses; what a cluster adds there is passed over. */
public record Metadata(
        @Required
        @Text(
                min = 1,
                max = 50,
                pattern = "[a-z]([-a-z0-9]*[a-z0-9])?",
                means = "lower-case letters, digits and '-', beginning with a letter and not ending with '-'")
        @Description("Name of the stack.")
        String name,

        @Nullable
        @Text(min = 1, max = 63, pattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?", means = "a namespace")
        @Description("Namespace of the stack.")
        String namespace,

        @Description("Labels.") @Size(max = 64) Map<@Text(min = 1, max = 317) String, @Text(max = 63) String> labels,

        @Description("Annotations.") @Size(max = 64)
        Map<@Text(min = 1, max = 317) String, @Text(max = 262144) String> annotations) {
    public Metadata {
        labels = Absent.asEmpty(labels);
        annotations = Absent.asEmpty(annotations);
    }
}
