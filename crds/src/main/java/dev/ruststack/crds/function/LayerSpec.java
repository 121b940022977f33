package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Lambda layer. A version is published where none is as declared; functions that name the layer have that version.
 * AWS: Lambda API Reference, PublishLayerVersion.
 */
@Bindable
public record LayerSpec(
        @Required
        @Text(min = 1, max = 64, pattern = "[a-zA-Z0-9_-]+", means = "letters, digits, '_' and '-'")
        @Description("Name of the layer.")
        String name,

        @Required @Description("What is in it.") LayerCode code,

        @Description("What the layer is for.") @Nullable @Text(max = 256)
        String description,

        @Description("Runtimes that it is for, kept and given back.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 15)
        List<
                        @Text(
                                min = 1,
                                max = 32,
                                pattern = "[a-z0-9.]+",
                                means = "a Lambda runtime's identifier such as python3.12")
                        String>
                compatibleRuntimes,

        @Description("Instruction sets that it is for, kept and given back.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 2)
        List<@OneOf({FunctionSpec.X86_64, FunctionSpec.ARM64}) String> compatibleArchitectures,

        @Description("Its licence.") @Nullable @Text(max = 512)
        String licenseInfo) {
    public LayerSpec {
        compatibleRuntimes = Absent.asEmpty(compatibleRuntimes);
        compatibleArchitectures = Absent.asEmpty(compatibleArchitectures);
    }
}
