package dev.ruststack.crds.status;

import dev.ruststack.crds.NameReference;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator observed. {@code Ready} is true only when every declared item exists and answers. */
@Bindable
public record RustStackStatus(
        @Description("The generation of the spec that this status is about.") @Nullable @Range
        Long observedGeneration,

        @Description("Ready, Reconciling, Stalled (kstatus), EmulatorAvailable, Seeded, FunctionsAvailable.")
        @Size(max = 16)
        @Keyed("type")
        List<Condition> conditions,

        @Description("Where the stack is reached.") @Nullable
        Endpoints endpoints,

        @Description("The binding Secret (Service Binding: provisioned service).") @Nullable
        NameReference binding,

        @Description("The last seeding.") @Nullable SeedStatus seed,

        @Description("Buckets that are declared, and that are ready.") @Nullable
        Count buckets,

        @Description("Tables that are declared, and that are ready.") @Nullable
        Count tables,

        @Description("Functions that are known, and that are ready.") @Nullable
        Count functions,

        @Description("Single items: all of them up to 32, beyond that those that are not ready.")
        @Size(max = 256)
        @Keyed({"kind", "name"})
        List<ItemStatus> resources,

        @Description("The emulator that runs.") @Nullable EmulatorStatus emulator,

        @Description("When each step was done, the last time that the stack was started or changed.")
        @Size(max = 32)
        @Keyed("step")
        List<Timing> timings,

        @Description("When the stack deletes itself.") @Nullable @Text(max = 64)
        String expirationTime) {
    public RustStackStatus {
        conditions = Absent.asEmpty(conditions);
        resources = Absent.asEmpty(resources);
        timings = Absent.asEmpty(timings);
    }
}
