package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another name of a function's version. AWS: Lambda API Reference, CreateAlias. */
@Bindable
@CelRule(
        rule =
                "!has(self.provisionedConcurrentExecutions) || !has(self.functionVersion) || self.functionVersion != '$LATEST'",
        message = "provisionedConcurrentExecutions: " + AliasSpec.PROVISIONED_RULE)
public record AliasSpec(
        @Required
        @Description("Name of the alias.")
        @Text(
                min = 1,
                max = 128,
                pattern = "[0-9]*[a-zA-Z_-][a-zA-Z0-9_-]*",
                means = "letters, digits, '_' and '-', and not digits alone")
        String name,

        @Description("What the alias is for.") @Nullable @Text(max = 256)
        String description,

        @Description(
                "A number in quotes, or $LATEST. Absent: the version that seeding publishes, with every change of code or configuration another one.")
        @Nullable
        @Text(min = 1, max = 16, pattern = "\\$LATEST|[1-9][0-9]*", means = "a version's number, or $LATEST")
        String functionVersion,

        @Description("Another version that gets a part of the invocations.") @Nullable
        RoutingConfig routingConfig,

        @Description("Execution environments that are kept initialised for it.") @Nullable @Range(min = 1, max = 100)
        Integer provisionedConcurrentExecutions,

        @Description("What becomes of its asynchronous events.") @Nullable
        FunctionEventInvokeConfig functionEventInvokeConfig,

        @Description("Statements of its policy.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @Keyed("statementId")
        List<Permission> permissions,

        @Description("Its URL; {} is enough.") @Nullable FunctionUrlConfig functionUrlConfig) {
    public static final String LATEST = "$LATEST";
    public static final String PROVISIONED_RULE = "an alias of $LATEST cannot have it";

    public AliasSpec {
        permissions = Absent.asEmpty(permissions);
    }

    /** Whether it names the version that seeding publishes. */
    public boolean follows() {
        return functionVersion == null;
    }

    /** How invocations are divided. AWS: Lambda API Reference, AliasRoutingConfiguration. */
    @Bindable
    public record RoutingConfig(
            @Required
            @Description("The part that a version gets, from 0 to 1 and in quotes, by the version's number.")
            @Size(min = 1, max = 1)
            Map<
                            @Text(min = 1, max = 16, pattern = "[1-9][0-9]*", means = "a version's number") String,
                            @Text(
                                    min = 1,
                                    max = 16,
                                    pattern = "0|1|0?\\.[0-9]+|[01]\\.0*",
                                    means = "a number from 0 to 1, in quotes")
                            String>
                    additionalVersionWeights) {
        public RoutingConfig {
            additionalVersionWeights = Absent.asEmpty(additionalVersionWeights);
        }
    }
}
