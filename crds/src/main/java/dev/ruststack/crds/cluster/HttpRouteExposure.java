package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;

/** A Gateway API HTTPRoute that leads to the HTTP front. */
@Bindable
public record HttpRouteExposure(
        @Required @Description("Gateways that the route attaches to.") @Size(min = 1, max = 8)
        List<GatewayReference> parentRefs,

        @Description("Host names.") @Size(max = 16)
        List<
                        @Text(
                                min = 1,
                                max = 253,
                                pattern = "(\\*\\.)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?",
                                means = "a host name")
                        String>
                hostnames) {
    public HttpRouteExposure {
        parentRefs = Absent.asEmpty(parentRefs);
        hostnames = Absent.asEmpty(hostnames);
    }
}
