package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** How a function logs. AWS: Lambda API Reference, LoggingConfig. */
@Bindable
@CelRule(
        rule =
                "(has(self.logFormat) && self.logFormat == 'JSON') || !(has(self.applicationLogLevel) || has(self.systemLogLevel))",
        message = LoggingConfig.LEVEL_RULE)
public record LoggingConfig(
        @Description("Text, or JSON with levels. Absent: Text.") @Nullable @OneOf({TEXT, JSON})
        String logFormat,

        @Description("The least level of the function's own lines. Absent: INFO, with JSON.")
        @Nullable
        @OneOf({"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"})
        String applicationLogLevel,

        @Description("The least level of Lambda's lines. Absent: INFO, with JSON.")
        @Nullable
        @OneOf({"DEBUG", "INFO", "WARN"})
        String systemLogLevel,

        @Description("The log group. Absent: /aws/lambda/ and the function's name.")
        @Nullable
        @Text(min = 1, max = 512, pattern = "[.\\-_/#A-Za-z0-9]+", means = "letters, digits and . - _ / #")
        String logGroup) {
    public static final String TEXT = "Text";
    public static final String JSON = "JSON";
    public static final String LEVEL_RULE = "levels need logFormat JSON";
}
