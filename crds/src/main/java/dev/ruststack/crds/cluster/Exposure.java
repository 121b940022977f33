package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** How the stack is reached in and from outside the cluster. */
@Bindable
public record Exposure(
        @Description("The Service of the AWS port and the HTTP front.") @Default("{}")
        ServiceExposure service,

        @Description("An Ingress for the HTTP front.") @Nullable
        IngressExposure ingress,

        @Description("A Gateway API route for the HTTP front.") @Nullable
        HttpRouteExposure httpRoute) {
    public static final Exposure DEFAULT = new Exposure(ServiceExposure.DEFAULT, null, null);

    public Exposure {
        service = Absent.as(service, ServiceExposure.DEFAULT);
    }
}
