package dev.ruststack.crds.function;

import dev.ruststack.crds.FunctionDefaults;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Lambda function. AWS: Lambda API Reference, CreateFunction. */
@Bindable
@CelRule(
        rule =
                "has(self.code.imageUri) ? !has(self.runtime) && !has(self.handler) : has(self.runtime) && has(self.handler)",
        message = "runtime and handler are needed, except with code.imageUri, where neither may be given")
public record FunctionSpec(
        @Required
        @Text(min = 1, max = 64, pattern = "[a-zA-Z0-9_-]+", means = "letters, digits, '_' and '-'")
        @Description("Name of the function.")
        String name,

        @Description("What the function is for.") @Nullable @Text(max = 256)
        String description,

        @Description("Lambda's identifier of the runtime, such as python3.12 or nodejs22.x.")
        @Nullable
        @Text(min = 1, max = 32, pattern = "[a-z0-9.]+", means = "a Lambda runtime's identifier such as python3.12")
        String runtime,

        @Description("What the runtime calls, in the runtime's notation: app.handler is handler of app.py.")
        @Nullable
        @Text(min = 1, max = 128, pattern = "[^\\s]+", means = "without spaces")
        String handler,

        @Description("Memory in MB. Absent: spec.lambda.defaults.memorySize.") @Nullable @Range(min = 128, max = 10240)
        Integer memorySize,

        @Description("Seconds that an invocation may take. Absent: spec.lambda.defaults.timeout.")
        @Nullable
        @Range(min = 1, max = 900)
        Integer timeout,

        @Description("The instruction set. Absent: the machine's own.") @Size(max = 1)
        List<@OneOf({X86_64, ARM64}) String> architectures,

        @Required @Description("The function's code.") Code code,

        @Description("How the image is started, with code.imageUri.")
        ImageConfig imageConfig,

        @Description("The function's environment variables.")
        Environment environment,

        @Description("Execution environments that are started ahead and kept warm.")
        @Default("0")
        @Range(min = 0, max = 100)
        Integer minRunners) {
    public static final String X86_64 = "x86_64";
    public static final String ARM64 = "arm64";

    public FunctionSpec {
        architectures = Absent.asEmpty(architectures);
        imageConfig = Absent.as(imageConfig, ImageConfig.NONE);
        environment = Absent.as(environment, Environment.NONE);
        minRunners = Absent.as(minRunners, 0);
    }

    /** Its memory in MB: its own, or else the stack's default. */
    public int memorySize(FunctionDefaults defaults) {
        return Absent.as(memorySize, defaults.memorySize());
    }

    /** Its timeout in seconds: its own, or else the stack's default. */
    public int timeout(FunctionDefaults defaults) {
        return Absent.as(timeout, defaults.timeout());
    }
}
