package dev.ruststack.crds.cluster;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of every pod of the stack: a small allow-list, not a PodSpec. */
@Bindable
public record PodTemplate(
        @Description("Labels and annotations.") PodMetadata metadata,

        @Description("Secrets for pulling images.") @Size(max = 16) @Keyed("name")
        List<NameReference> imagePullSecrets,

        @Description("Labels of the nodes to run on.") @Size(max = 32)
        Map<@Text(min = 1, max = 317) String, @Text(max = 63) String> nodeSelector,

        @Description("Taints that are tolerated.") @Size(max = 32)
        List<Toleration> tolerations,

        @Description("Priority class.") @Nullable @Text(max = 253)
        String priorityClassName,

        @Description("User and group. Absent: the operator's default, which leaves them to OpenShift there.") @Nullable
        PodSecurity securityContext) {
    public static final PodTemplate NONE =
            new PodTemplate(PodMetadata.NONE, List.of(), Map.of(), List.of(), null, null);

    public PodTemplate {
        metadata = Absent.as(metadata, PodMetadata.NONE);
        imagePullSecrets = Absent.asEmpty(imagePullSecrets);
        nodeSelector = Absent.asEmpty(nodeSelector);
        tolerations = Absent.asEmpty(tolerations);
        priorityClassName = Absent.emptyAsNull(priorityClassName);
    }
}
