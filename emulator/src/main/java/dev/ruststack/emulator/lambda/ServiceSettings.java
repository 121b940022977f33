package dev.ruststack.emulator.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ties a function to other services of AWS. All of it is kept and given back; the dead letters, and the level and
 * format of the logs for the function's own lines, have an effect here. In a request null is what it leaves out, in a
 * function what it does not have. AWS: Lambda API Reference, CreateFunction and the data types named as the components.
 *
 * @param kmsKeyArn empty for none
 * @param fileSystemConfigs at most one; none is mounted
 */
public record ServiceSettings(
        @Nullable Vpc vpcConfig,
        @Nullable DeadLetter deadLetterConfig,
        @JsonProperty("KMSKeyArn") @Nullable String kmsKeyArn,
        @Nullable Tracing tracingConfig,
        @Nullable List<FileSystem> fileSystemConfigs,
        @Nullable SnapStart snapStart,
        @Nullable Logging loggingConfig) {
    /** What a function has that was told nothing of this. */
    public static final ServiceSettings NONE = new ServiceSettings(null, null, null, null, null, null, null);

    private static final String ANY_ARN = "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()";
    private static final String MOUNT = "/mnt/[a-zA-Z0-9-_.]+";
    private static final String FILE_SYSTEM =
            "arn:aws[a-zA-Z-]*:(elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?"
                    + "-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}"
                    + "|s3files:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:file-system/fs-[0-9a-f]{17,40}"
                    + "/access-point/fsap-[0-9a-f]{17,40})";

    /** AWS: Lambda Developer Guide, Improving startup performance with Lambda SnapStart, Supported features. */
    private static final Pattern SNAP_STARTS =
            Pattern.compile("java(11|17|21|25)(\\..*)?|python3\\.(1[2-9])|dotnet(8|10)");

    public ServiceSettings {
        fileSystemConfigs = fileSystemConfigs == null ? null : List.copyOf(fileSystemConfigs);
    }

    /** The network of a function; the identifiers are taken as they are. */
    public record Vpc(
            @Nullable List<String> subnetIds,
            @Nullable List<String> securityGroupIds,
            @Nullable Boolean ipv6AllowedForDualStack) {
        private static final int MAX_SUBNETS = 16;
        private static final int MAX_SECURITY_GROUPS = 5;

        public Vpc {
            subnetIds = subnetIds == null ? List.of() : List.copyOf(subnetIds);
            securityGroupIds = securityGroupIds == null ? List.of() : List.copyOf(securityGroupIds);
        }

        private void check(Constraints constraints) {
            constraints
                    .size("vpcConfig.subnetIds", subnetIds, MAX_SUBNETS)
                    .size("vpcConfig.securityGroupIds", securityGroupIds, MAX_SECURITY_GROUPS);
        }

        private void requireSound() {
            if (Objects.requireNonNull(subnetIds).isEmpty()
                    != Objects.requireNonNull(securityGroupIds).isEmpty()) {
                throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                        "SubnetIds and SecurityIds must coexist or be both empty list.");
            }
        }
    }

    /** Where events go that could not be processed; a target that is null or empty is none. */
    public record DeadLetter(@Nullable String targetArn) {}

    /** Whether requests are traced: {@code Active} or {@code PassThrough}. Nothing is. */
    public record Tracing(@Nullable String mode) {}

    /** A file system and where a function would find it. */
    public record FileSystem(@Nullable String arn, @Nullable String localMountPath) {}

    /** Whether versions start from snapshots: {@code PublishedVersions} or {@code None}. Here none does. */
    public record SnapStart(@Nullable String applyOn) {}

    /** How a function logs; what is null is as it was before, or the default. */
    public record Logging(
            @Nullable String logFormat,
            @Nullable String applicationLogLevel,
            @Nullable String systemLogLevel,
            @Nullable String logGroup) {
        /** As AWS shows it: plain text has no levels, JSON has INFO, the group is named after the function. */
        public Logging shown(String functionName) {
            boolean json = "JSON".equals(logFormat);
            return new Logging(
                    json ? "JSON" : "Text",
                    json ? Objects.requireNonNullElse(applicationLogLevel, "INFO") : null,
                    json ? Objects.requireNonNullElse(systemLogLevel, "INFO") : null,
                    Objects.requireNonNullElse(logGroup, "/aws/lambda/" + functionName));
        }

        private Logging over(Logging before) {
            return new Logging(
                    or(logFormat, before.logFormat),
                    or(applicationLogLevel, before.applicationLogLevel),
                    or(systemLogLevel, before.systemLogLevel),
                    or(logGroup, before.logGroup));
        }

        private void check(Constraints constraints) {
            constraints
                    .oneOf("loggingConfig.logFormat", logFormat, List.of("JSON", "Text"))
                    .oneOf(
                            "loggingConfig.applicationLogLevel",
                            applicationLogLevel,
                            List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"))
                    .oneOf("loggingConfig.systemLogLevel", systemLogLevel, List.of("DEBUG", "INFO", "WARN"))
                    .length("loggingConfig.logGroup", logGroup, 1, 512)
                    .matches("loggingConfig.logGroup", logGroup, "[\\.\\-_/#A-Za-z0-9]+");
        }
    }

    /** The log of a function with this name. */
    public Logging logging(String functionName) {
        return Objects.requireNonNullElse(loggingConfig, new Logging(null, null, null, null))
                .shown(functionName);
    }

    /** Where events go that could not be processed; null for nowhere. */
    public @Nullable String deadLetterArn() {
        var target = deadLetterConfig == null ? null : deadLetterConfig.targetArn();
        return target == null || target.isEmpty() ? null : target;
    }

    /** What a request says, over what was before. */
    ServiceSettings over(ServiceSettings before) {
        return new ServiceSettings(
                or(vpcConfig, before.vpcConfig),
                or(deadLetterConfig, before.deadLetterConfig),
                or(kmsKeyArn, before.kmsKeyArn),
                or(tracingConfig, before.tracingConfig),
                or(fileSystemConfigs, before.fileSystemConfigs),
                or(snapStart, before.snapStart),
                loggingConfig == null || before.loggingConfig == null
                        ? or(loggingConfig, before.loggingConfig)
                        : loggingConfig.over(before.loggingConfig));
    }

    private static <T> @Nullable T or(@Nullable T given, @Nullable T current) {
        return given == null ? current : given;
    }

    /** Checks what a single member may be. */
    void check(Constraints constraints) {
        constraints.matches("kMSKeyArn", kmsKeyArn, ANY_ARN);
        if (vpcConfig != null) {
            vpcConfig.check(constraints);
        }
        if (deadLetterConfig != null) {
            constraints.matches("deadLetterConfig.targetArn", deadLetterConfig.targetArn(), ANY_ARN);
        }
        if (tracingConfig != null) {
            constraints.oneOf("tracingConfig.mode", tracingConfig.mode(), List.of("Active", "PassThrough"));
        }
        if (snapStart != null) {
            constraints.oneOf("snapStart.applyOn", snapStart.applyOn(), List.of("PublishedVersions", "None"));
        }
        if (loggingConfig != null) {
            loggingConfig.check(constraints);
        }
        if (fileSystemConfigs != null) {
            checkFileSystems(constraints, fileSystemConfigs);
        }
    }

    private static void checkFileSystems(Constraints constraints, List<FileSystem> given) {
        constraints.size("fileSystemConfigs", given, 1);
        for (int i = 0; i < given.size(); i++) {
            var member = "fileSystemConfigs." + (i + 1) + ".member.";
            constraints
                    .required(member + "arn", given.get(i).arn())
                    .required(member + "localMountPath", given.get(i).localMountPath())
                    .matches(member + "arn", given.get(i).arn(), FILE_SYSTEM)
                    .matches(member + "localMountPath", given.get(i).localMountPath(), MOUNT);
        }
    }

    /** Checks what Lambda itself looks at. */
    void requireSound(@Nullable String runtime) {
        if (vpcConfig != null) {
            vpcConfig.requireSound();
        }
        var deadLetters = deadLetterArn();
        if (deadLetters != null) {
            Destination.parse(deadLetters);
        }
        boolean snaps = snapStart != null && "PublishedVersions".equals(snapStart.applyOn());
        if (snaps && runtime != null && !SNAP_STARTS.matcher(runtime).matches()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    runtime + " is not supported for SnapStart enabled functions.");
        }
    }
}
