package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** Addresses of the stack. */
@Bindable
public record Endpoints(
        @Description("By the Service's name, for clients in the cluster.") @Nullable @Text(max = 512)
        String internal,

        @Description("By the Service's IP: S3 clients then use path-style by themselves.") @Nullable @Text(max = 512)
        String clusterIP,

        @Description("The HTTP front from outside, by Ingress or HTTPRoute.") @Nullable @Text(max = 512)
        String external) {}
