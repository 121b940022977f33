package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network of a function, kept and given back. AWS: Lambda API Reference, VpcConfig. */
@Bindable
public record VpcConfig(
        @Description("Identifiers of subnets.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 16)
        List<@Text(min = 1, max = 64) String> subnetIds,

        @Description("Identifiers of security groups.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 5)
        List<@Text(min = 1, max = 64) String> securityGroupIds,

        @Description("Whether IPv6 is allowed.") @Nullable Boolean ipv6AllowedForDualStack) {
    public VpcConfig {
        subnetIds = Absent.asEmpty(subnetIds);
        securityGroupIds = Absent.asEmpty(securityGroupIds);
    }
}
