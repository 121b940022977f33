package dev.ruststack.crds.cluster;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** An Ingress that leads to the HTTP front. */
@Bindable
public record IngressExposure(
        @Description("Ingress class. Absent: the cluster's default.") @Nullable @Text(max = 253)
        String className,

        @Required
        @Text(min = 1, max = 253, pattern = "(\\*\\.)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?", means = "a host name")
        @Description("Host name.")
        String host,

        @Description("A Secret with the certificate.") @Nullable
        NameReference tlsSecretRef) {
    public IngressExposure {
        className = Absent.emptyAsNull(className);
    }
}
