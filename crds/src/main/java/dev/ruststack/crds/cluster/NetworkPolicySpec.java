package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Size;
import java.util.List;

/** Who may reach the stack's AWS port, beside its own namespace. */
@Bindable
public record NetworkPolicySpec(
        @Description("Managed makes NetworkPolicies for the stack's pods; Disabled makes none.")
        @Default(MANAGED)
        @OneOf({MANAGED, DISABLED})
        String mode,

        @Description("Further peers that may connect.") @Size(max = 32)
        List<AllowedPeer> allowFrom) {
    public static final String MANAGED = "Managed";
    public static final String DISABLED = "Disabled";
    public static final NetworkPolicySpec DEFAULT = new NetworkPolicySpec(MANAGED, List.of());

    public NetworkPolicySpec {
        mode = Absent.as(mode, MANAGED);
        allowFrom = Absent.asEmpty(allowFrom);
    }
}
