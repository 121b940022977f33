package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.FunctionDefaults;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Lambda function. AWS: Lambda API Reference, CreateFunction. */
@Bindable
@CelRule(
        rule =
                "has(self.code.imageUri) ? !has(self.runtime) && !has(self.handler) : has(self.runtime) && has(self.handler)",
        message = "runtime and handler are needed, except with code.imageUri, where neither may be given")
@CelRule(rule = "!has(self.layers) || !has(self.code.imageUri)", message = "layers: " + FunctionSpec.LAYERS_RULE)
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

        @Description("The size of /tmp. Absent: 512 MB.") @Nullable
        EphemeralStorage ephemeralStorage,

        @Description("The instruction set. Absent: the machine's own.") @Size(max = 1)
        List<@OneOf({X86_64, ARM64}) String> architectures,

        @Required @Description("The function's code.") Code code,

        @Description("How the image is started, with code.imageUri.")
        ImageConfig imageConfig,

        @Description("Layers: names of spec.layers, or ARNs of versions; a later one lies over an earlier one.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 5)
        List<
                        @Text(
                                min = 1,
                                max = 140,
                                pattern = "[a-zA-Z0-9_-]+|arn:.+:layer:[a-zA-Z0-9_-]+:[0-9]+",
                                means = "the name of a layer, or the ARN of one's version")
                        String>
                layers,

        @Description("The function's environment variables.")
        Environment environment,

        @Description("ARN of its role; there is no IAM. Absent: a role named ruststack.")
        @Nullable
        @Text(min = 1, max = 256, pattern = "arn:(aws[a-zA-Z-]*)?:iam::[0-9]{12}:role/.+", means = "the ARN of a role")
        String role,

        @Description("Whether requests are traced.") @Nullable
        TracingConfig tracingConfig,

        @Description("How it logs.") @Nullable LoggingConfig loggingConfig,

        @Description("Where asynchronous events go that could not be processed.") @Nullable
        DeadLetterConfig deadLetterConfig,

        @Description("Its network, kept and given back.") @Nullable
        VpcConfig vpcConfig,

        @Description("Its file system, kept and given back.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 1)
        List<FileSystemConfig> fileSystemConfigs,

        @Description("ARN of a key of KMS, kept and given back.")
        @Nullable
        @Text(min = 1, max = 256, pattern = "arn:.+", means = "an ARN")
        String kmsKeyArn,

        @Description("Whether versions start from snapshots.") @Nullable
        SnapStart snapStart,

        @Description("Tags of the function.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 50)
        Map<@Text(min = 1, max = 128) String, @Text(max = 256) String> tags,

        @Description("How often it may run at a time; 0 for not at all.") @Nullable @Range(max = 1000)
        Integer reservedConcurrentExecutions,

        @Description("Whether it may call itself over and over, kept and given back. Absent: Terminate.")
        @Nullable
        @OneOf({"Allow", "Terminate"})
        String recursiveLoop,

        @Description("What becomes of its asynchronous events.") @Nullable
        FunctionEventInvokeConfig functionEventInvokeConfig,

        @Description("Statements of its policy.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32)
        @Keyed("statementId")
        List<Permission> permissions,

        @Description("Its URL; {} is enough.") @Nullable FunctionUrlConfig functionUrlConfig,

        @Description("Whether seeding publishes a version where code or configuration differ from the last one.")
        @Nullable
        Boolean publish,

        @Description("Other names of its versions.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @Keyed("name")
        List<AliasSpec> aliases,

        @Description("Streams that it processes.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 16)
        List<EventSourceMappingSpec> eventSourceMappings,

        @Description("Execution environments that are started ahead and kept warm.")
        @Default("0")
        @Range(min = 0, max = 100)
        Integer minRunners,

        @Description(
                "A port of this machine at which a debugger can attach to the function: debugpy in Python, the inspector in Node.js, JDWP in Java. Its invocations then have no timeout and run one at a time. A cluster refuses it.")
        @LocalOnly
        @Nullable
        @Range(min = 1, max = 65535)
        Integer debugPort) {
    public static final String LAYERS_RULE = "a function of an image has none; put what they hold into the image";
    public static final String X86_64 = "x86_64";
    public static final String ARM64 = "arm64";

    public FunctionSpec {
        architectures = Absent.asEmpty(architectures);
        imageConfig = Absent.as(imageConfig, ImageConfig.NONE);
        layers = Absent.asEmpty(layers);
        environment = Absent.as(environment, Environment.NONE);
        fileSystemConfigs = Absent.asEmpty(fileSystemConfigs);
        tags = Absent.asEmpty(tags);
        permissions = Absent.asEmpty(permissions);
        aliases = Absent.asEmpty(aliases);
        eventSourceMappings = Absent.asEmpty(eventSourceMappings);
        minRunners = Absent.as(minRunners, 0);
    }

    /** Its memory in MB: its own, or else the stack's default. */
    public int memorySize(FunctionDefaults defaults) {
        return Absent.as(memorySize, defaults.memorySize());
    }

    /** Whether seeding publishes versions of it: on request, or because an alias names what is published. */
    public boolean publishes() {
        return Boolean.TRUE.equals(publish) || aliases.stream().anyMatch(AliasSpec::follows);
    }

    /** MB of its /tmp. */
    public int ephemeralStorageSize() {
        return ephemeralStorage == null ? EphemeralStorage.DEFAULT_SIZE : ephemeralStorage.size();
    }

    /** Its timeout in seconds: its own, or else the stack's default. */
    public int timeout(FunctionDefaults defaults) {
        return Absent.as(timeout, defaults.timeout());
    }
}
