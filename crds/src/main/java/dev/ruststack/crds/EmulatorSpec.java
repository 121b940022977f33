package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The emulator's own process. */
@Bindable
public record EmulatorSpec(
        @Description("Image of the emulator. Empty: the one that belongs to the operator.") @Nullable @Text(max = 512)
        String image,

        @Description("The least severe messages that are logged.")
        @Default(INFO)
        @OneOf({ERROR, WARN, INFO, DEBUG, TRACE})
        String logLevel,

        @Description("Requests and limits of its container.")
        Resources resources,

        @Description("Further environment variables of the emulator.") @Size(max = 64) @Keyed("name")
        List<EnvironmentVariable> env) {
    public static final String ERROR = "Error";
    public static final String WARN = "Warn";
    public static final String INFO = "Info";
    public static final String DEBUG = "Debug";
    public static final String TRACE = "Trace";
    public static final EmulatorSpec DEFAULT = new EmulatorSpec(null, INFO, Resources.NONE, List.of());

    public EmulatorSpec {
        image = Absent.emptyAsNull(image);
        logLevel = Absent.as(logLevel, INFO);
        resources = Absent.as(resources, Resources.NONE);
        env = Absent.asEmpty(env);
    }
}
