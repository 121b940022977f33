package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a function's image is started. A pod cannot see the image's own ENTRYPOINT and CMD behind what starts it, so that
 * the command has to be written here. AWS: Lambda API Reference, ImageConfig.
 */
@Bindable
public record ImageConfig(
        @Description("What is run. Absent: /lambda-entrypoint.sh, as in AWS's base images.") @Size(max = 32)
        List<@Text(min = 1, max = 1024) String> entryPoint,

        @Description("Its arguments: for AWS's base images the handler.") @Size(max = 32)
        List<@Text(min = 1, max = 1024) String> command,

        @Description("Where it is run. Absent: the image's /var/task.") @Nullable @Text(min = 1, max = 1000)
        String workingDirectory) {
    public static final ImageConfig NONE = new ImageConfig(List.of(), List.of(), null);

    public ImageConfig {
        entryPoint = Absent.asEmpty(entryPoint);
        command = Absent.asEmpty(command);
    }
}
