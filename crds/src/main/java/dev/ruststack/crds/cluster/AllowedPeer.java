package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** Pods, chosen by their labels and their namespace's labels, or a range of addresses: a NetworkPolicyPeer of Kubernetes. */
@Bindable
@CelRule(
        rule =
                "has(self.ipBlock) ? !has(self.podSelector) && !has(self.namespaceSelector) : has(self.podSelector) || has(self.namespaceSelector)",
        message = AllowedPeer.RULE)
public record AllowedPeer(
        @Description("Labels of the namespaces.") @Nullable LabelSelector namespaceSelector,
        @Description("Labels of the pods.") @Nullable LabelSelector podSelector,
        @Description("A range of addresses.") @Nullable IpBlock ipBlock) {
    /** What a peer has to name. */
    public static final String RULE = "either ipBlock alone, or podSelector, namespaceSelector or both";
}
