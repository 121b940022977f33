package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Size;
import java.util.List;

/** How functions run. */
@Bindable
public record LambdaSpec(
        @Description(
                "Pods runs every execution environment in a pod of its own (on one machine: as Process); Process in a child process of the emulator; Docker in a container, on one machine only; Disabled runs none.")
        @Default(PODS)
        @OneOf({PODS, PROCESS, DOCKER, DISABLED})
        String executor,

        @Description("Whether functions may be made by CreateFunction calls, beside the declared ones.")
        @Default(ALLOW)
        @OneOf({ALLOW, DENY})
        String runtimeFunctions,

        @Description(
                "The image that runs each runtime: an allow-list for every function. Empty: those of the operator.")
        @Size(max = 32)
        @Keyed("runtime")
        List<RuntimeImage> images,

        @Description("Generic runner pods that are kept waiting, by runtime.") @Size(max = 16) @Keyed("runtime")
        List<WarmPool> warmPool,

        @Description("How many execution environments the stack may have at once.")
        @Default("10")
        @Range(min = 0, max = 100)
        Integer maxRunners,

        @Description("Seconds after which an idle execution environment ends.")
        @Default("600")
        @Range(min = 0, max = 86400)
        Integer idleSeconds,

        @Description("What a function has that does not say it itself.") @Default("{}")
        FunctionDefaults defaults) {
    public static final String PODS = "Pods";
    public static final String PROCESS = "Process";
    public static final String DOCKER = "Docker";
    public static final String DISABLED = "Disabled";
    public static final String ALLOW = "Allow";
    public static final String DENY = "Deny";
    public static final LambdaSpec DEFAULT =
            new LambdaSpec(PODS, ALLOW, List.of(), List.of(), 10, 600, FunctionDefaults.DEFAULT);

    public LambdaSpec {
        executor = Absent.as(executor, PODS);
        runtimeFunctions = Absent.as(runtimeFunctions, ALLOW);
        images = Absent.asEmpty(images);
        warmPool = Absent.asEmpty(warmPool);
        maxRunners = Absent.as(maxRunners, 10);
        idleSeconds = Absent.as(idleSeconds, 600);
        defaults = Absent.as(defaults, FunctionDefaults.DEFAULT);
    }
}
