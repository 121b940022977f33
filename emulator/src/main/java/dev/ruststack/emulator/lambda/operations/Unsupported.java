package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.operations.FunctionMembers.DeadLetterConfig;
import dev.ruststack.emulator.lambda.operations.FunctionMembers.LoggingConfig;
import dev.ruststack.emulator.lambda.operations.FunctionMembers.SnapStart;
import dev.ruststack.emulator.lambda.operations.FunctionMembers.TracingConfig;
import dev.ruststack.emulator.lambda.operations.FunctionMembers.VpcConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, by name, what a request asks for and RustStack does not do. A member that asks for nothing, as deployment
 * tools send them, passes.
 */
final class Unsupported {
    private final String operation;

    Unsupported(String operation) {
        this.operation = operation;
    }

    /** Throws {@code NotImplemented} naming the member where it asks for something. */
    Unsupported refuse(String member, boolean asked) {
        if (asked) {
            throw LambdaError.NOT_IMPLEMENTED.saying(operation + " with " + member + " is not implemented yet.");
        }
        return this;
    }

    Unsupported refuse(String member, @Nullable String value) {
        return refuse(member, value != null && !value.isEmpty());
    }

    Unsupported refuse(String member, @Nullable Collection<?> values) {
        return refuse(member, values != null && !values.isEmpty());
    }

    Unsupported refuse(String member, @Nullable Map<?, ?> values) {
        return refuse(member, values != null && !values.isEmpty());
    }

    Unsupported refuse(@Nullable VpcConfig vpc) {
        return vpc == null
                ? this
                : refuse("VpcConfig.SubnetIds", vpc.subnetIds())
                        .refuse("VpcConfig.SecurityGroupIds", vpc.securityGroupIds())
                        .refuse(
                                "VpcConfig.Ipv6AllowedForDualStack",
                                Boolean.TRUE.equals(vpc.ipv6AllowedForDualStack()));
    }

    Unsupported refuse(@Nullable DeadLetterConfig deadLetters) {
        return deadLetters == null ? this : refuse("DeadLetterConfig", deadLetters.targetArn());
    }

    Unsupported refuse(@Nullable TracingConfig tracing) {
        if (tracing == null) {
            return this;
        }
        new Constraints()
                .oneOf("tracingConfig.mode", tracing.mode(), List.of("Active", "PassThrough"))
                .check();
        return refuse("TracingConfig.Mode Active", "Active".equals(tracing.mode()));
    }

    Unsupported refuse(@Nullable SnapStart snapStart) {
        if (snapStart == null) {
            return this;
        }
        new Constraints()
                .oneOf("snapStart.applyOn", snapStart.applyOn(), List.of("PublishedVersions", "None"))
                .check();
        return refuse("SnapStart", "PublishedVersions".equals(snapStart.applyOn()));
    }

    /** Plain text in the function's usual group is what there is. */
    Unsupported refuse(@Nullable LoggingConfig logging, String functionName) {
        if (logging == null) {
            return this;
        }
        new Constraints()
                .oneOf("loggingConfig.logFormat", logging.logFormat(), List.of("JSON", "Text"))
                .check();
        var group = logging.logGroup();
        return refuse("LoggingConfig.LogFormat JSON", "JSON".equals(logging.logFormat()))
                .refuse("LoggingConfig.ApplicationLogLevel", logging.applicationLogLevel())
                .refuse("LoggingConfig.SystemLogLevel", logging.systemLogLevel())
                .refuse(
                        "a LoggingConfig.LogGroup of its own",
                        group != null && !group.equals(FunctionDocument.logGroup(functionName)));
    }
}
