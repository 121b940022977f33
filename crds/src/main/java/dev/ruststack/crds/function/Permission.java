package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** A statement of a function's policy, kept and given back. AWS: Lambda API Reference, AddPermission. */
@Bindable
@CelRule(
        rule = "!has(self.functionUrlAuthType) || self.action == 'lambda:InvokeFunctionUrl'",
        message = "functionUrlAuthType " + Permission.URL_RULE)
public record Permission(
        @Required
        @Description("Name of the statement.")
        @Text(min = 1, max = 100, pattern = "[a-zA-Z0-9-_]+", means = "letters, digits, '-' and '_'")
        String statementId,

        @Required
        @Description("What it allows.")
        @Text(
                min = 1,
                max = 64,
                pattern = "lambda:[*]|lambda:[a-zA-Z]+|[*]",
                means = "lambda:, and an operation's name or *")
        String action,

        @Required
        @Description("Who may: a service, an account, an ARN or *.")
        @Text(min = 1, max = 256, pattern = "[^\\s]+", means = "without spaces")
        String principal,

        @Description("On whose behalf, as an ARN.")
        @Nullable
        @Text(min = 1, max = 512, pattern = "arn:.+", means = "an ARN")
        String sourceArn,

        @Description("On whose behalf, as an account.")
        @Nullable
        @Text(min = 12, max = 12, pattern = "[0-9]{12}", means = "12 digits")
        String sourceAccount,

        @Description("A token of Alexa.")
        @Nullable
        @Text(min = 1, max = 256, pattern = "[a-zA-Z0-9._\\-]+", means = "letters, digits, '.', '_' and '-'")
        String eventSourceToken,

        @Description("The organization of the principal.")
        @Nullable
        @Text(min = 12, max = 34, pattern = "o-[a-z0-9]{10,32}", means = "the identifier of an organization")
        String principalOrgID,

        @Description("How URLs ask who is there, with lambda:InvokeFunctionUrl.") @Nullable @OneOf({"NONE", "AWS_IAM"})
        String functionUrlAuthType,

        @Description("Whether only through the function's URL.") @Nullable
        Boolean invokedViaFunctionUrl) {
    public static final String URL_RULE = "belongs to action lambda:InvokeFunctionUrl only";
}
