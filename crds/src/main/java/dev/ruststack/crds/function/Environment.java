package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;

/** A function's environment variables. AWS: Lambda API Reference, Environment. */
@Bindable
public record Environment(
        @Description("Values by name.") @Size(max = 200)
        Map<
                        @Text(
                                min = 2,
                                max = 256,
                                pattern = "[a-zA-Z][a-zA-Z0-9_]+",
                                means = "a letter followed by letters, digits and '_'")
                        String,
                        @Text(max = 4096) String>
                variables,

        @Description("Every key of a Secret or ConfigMap as a variable; variables win over them.") @Size(max = 16)
        List<VariablesFrom> variablesFrom) {
    public static final Environment NONE = new Environment(Map.of(), List.of());

    public Environment {
        variables = Absent.asEmpty(variables);
        variablesFrom = Absent.asEmpty(variablesFrom);
    }
}
