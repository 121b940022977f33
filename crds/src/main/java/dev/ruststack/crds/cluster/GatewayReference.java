package dev.ruststack.crds.cluster;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** A Gateway, which may live in another namespace: it is that namespace's to allow the route. */
@Bindable
public record GatewayReference(
        @Required
        @Text(min = 1, max = 253, pattern = NameReference.PATTERN, means = "a Kubernetes name")
        @Description("Name of the Gateway.")
        String name,

        @Description("Its namespace. Absent: the stack's.")
        @Nullable
        @Text(min = 1, max = 63, pattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?", means = "a namespace")
        String namespace,

        @Description("Name of one of its listeners.") @Nullable @Text(min = 1, max = 253)
        String sectionName) {}
