package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Quantity;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.Map;

/** Kubernetes requests and limits of one container, as quantities by resource name ({@code cpu}, {@code memory}). */
@Bindable
public record Resources(
        @Description("What the container is given at least.") @Size(max = 16)
        Map<@Text(min = 1, max = 253) String, @Quantity String> requests,

        @Description("What the container can use at most.") @Size(max = 16)
        Map<@Text(min = 1, max = 253) String, @Quantity String> limits) {
    public static final Resources NONE = new Resources(Map.of(), Map.of());

    public Resources {
        requests = Absent.asEmpty(requests);
        limits = Absent.asEmpty(limits);
    }
}
