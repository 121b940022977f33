package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** An environment variable of the emulator itself (not of a function: see {@link dev.ruststack.crds.function.Environment}). */
@Bindable
@ExactlyOneOf({"value", "valueFrom"})
public record EnvironmentVariable(
        @Required
        @Text(
                min = 1,
                max = 253,
                pattern = "[A-Za-z_][A-Za-z0-9_]*",
                means = "letters, digits and '_', not beginning with a digit")
        @Description("Name of the variable.")
        String name,

        @Description("Its value.") @Nullable @Text(max = 32768)
        String value,

        @Description("Where its value is taken from.") @Nullable
        ValueSource valueFrom) {}
