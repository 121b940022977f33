package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.Map;

/** Labels and annotations of pods. */
@Bindable
public record PodMetadata(
        @Description("Labels.") @Size(max = 64) Map<@Text(min = 1, max = 317) String, @Text(max = 63) String> labels,

        @Description("Annotations.") @Size(max = 64)
        Map<@Text(min = 1, max = 317) String, @Text(max = 4096) String> annotations) {
    public static final PodMetadata NONE = new PodMetadata(Map.of(), Map.of());

    public PodMetadata {
        labels = Absent.asEmpty(labels);
        annotations = Absent.asEmpty(annotations);
    }
}
