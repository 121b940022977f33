package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.Map;

/** The stack's Service. */
@Bindable
public record ServiceExposure(
        @Description("Type of the Service.") @Default("ClusterIP") @OneOf({"ClusterIP", "NodePort", "LoadBalancer"})
        String type,

        @Description("Annotations of the Service.") @Size(max = 64)
        Map<@Text(min = 1, max = 317) String, @Text(max = 4096) String> annotations) {
    public static final ServiceExposure DEFAULT = new ServiceExposure("ClusterIP", Map.of());

    public ServiceExposure {
        type = Absent.as(type, "ClusterIP");
        annotations = Absent.asEmpty(annotations);
    }
}
