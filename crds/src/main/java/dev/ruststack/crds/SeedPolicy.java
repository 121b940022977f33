package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;

/** How the declared buckets, tables, functions and routes are brought about, and what a failing one means. */
@Bindable
public record SeedPolicy(
        @Description(
                "Ensure creates and overwrites; Once makes each item a single time and then leaves it alone; Exact also removes whatever is not declared.")
        @Default(ENSURE)
        @OneOf({ENSURE, ONCE, EXACT})
        String mode,

        @Description("Continue seeds what can be seeded; Stop ends at the first failure.")
        @Default(CONTINUE)
        @OneOf({CONTINUE, STOP})
        String failurePolicy) {
    public static final String ENSURE = "Ensure";
    public static final String ONCE = "Once";
    public static final String EXACT = "Exact";
    public static final String CONTINUE = "Continue";
    public static final String STOP = "Stop";
    public static final SeedPolicy DEFAULT = new SeedPolicy(ENSURE, CONTINUE);

    public SeedPolicy {
        mode = Absent.as(mode, ENSURE);
        failurePolicy = Absent.as(failurePolicy, CONTINUE);
    }
}
