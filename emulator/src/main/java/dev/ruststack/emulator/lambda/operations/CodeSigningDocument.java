package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.CodeSigningConfig;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.Constraints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A code signing configuration on the wire. AWS: Lambda API Reference, CodeSigningConfig. */
record CodeSigningDocument(
        String codeSigningConfigId,
        String codeSigningConfigArn,
        @Nullable String description,
        Publishers allowedPublishers,
        Policies codeSigningPolicies,
        String lastModified) {
    private static final int MOST_PUBLISHERS = 20;
    private static final String ARN =
            "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?"
                    + "-[a-z]+-\\d{1})?:(\\d{12})?:(.*)";

    record Publishers(@Nullable List<String> signingProfileVersionArns) {}

    record Policies(@Nullable String untrustedArtifactOnDeployment) {}

    static CodeSigningDocument of(CodeSigningConfig config) {
        var arn = config.arn();
        return new CodeSigningDocument(
                arn.substring(arn.lastIndexOf(':') + 1),
                arn,
                config.description(),
                new Publishers(config.publishers()),
                new Policies(config.policy()),
                FunctionDocument.lastModified(config.lastModified()));
    }

    /** What Create and Update answer with. */
    record Answer(CodeSigningDocument codeSigningConfig) {
        static Answer of(CodeSigningConfig config) {
            return new Answer(CodeSigningDocument.of(config));
        }
    }

    /** Checks what a request says of one. */
    static void check(
            Constraints constraints,
            @Nullable String description,
            @Nullable Publishers publishers,
            @Nullable Policies policies) {
        constraints.length("description", description, 0, 256);
        if (publishers != null) {
            var arns = publishers.signingProfileVersionArns();
            constraints
                    .required("allowedPublishers.signingProfileVersionArns", arns)
                    .size("allowedPublishers.signingProfileVersionArns", arns, MOST_PUBLISHERS);
            for (var arn : arns == null ? List.<String>of() : arns) {
                constraints.matches("allowedPublishers.signingProfileVersionArns.member", arn, ARN);
            }
        }
        if (policies != null) {
            constraints.oneOf(
                    "codeSigningPolicies.untrustedArtifactOnDeployment",
                    policies.untrustedArtifactOnDeployment(),
                    List.of(CodeSigningConfig.WARN, CodeSigningConfig.ENFORCE));
        }
        constraints.check();
    }

    /** A function's configuration, or none. */
    record OfFunction(@Nullable String codeSigningConfigArn, String functionName) {}

    /** Throws where an ARN is none of a configuration. */
    static CodeSigningConfig require(CodeSigningConfigs configs, String arn) {
        new Constraints()
                .matches(
                        "codeSigningConfigArn",
                        arn,
                        "arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}"
                                + ":code-signing-config:csc-[a-z0-9]{17}")
                .check();
        return configs.require(arn);
    }
}
