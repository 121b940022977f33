package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.CodeSigningConfig;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.Constraints;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes who may sign the code of functions; what is deployed stays. AWS: Lambda API Reference, UpdateCodeSigningConfig. */
@Http("PUT /2020-04-22/code-signing-configs/{CodeSigningConfigArn}")
public final class UpdateCodeSigningConfig
        implements Operation<UpdateCodeSigningConfig.Input, CodeSigningDocument.Answer> {
    private final CodeSigningConfigs configs;
    private final Clock clock;

    public UpdateCodeSigningConfig(CodeSigningConfigs configs, Clock clock) {
        this.configs = configs;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String codeSigningConfigArn,
            @Nullable String description,
            CodeSigningDocument.@Nullable Publishers allowedPublishers,
            CodeSigningDocument.@Nullable Policies codeSigningPolicies) {}

    @Override
    public CodeSigningDocument.Answer handle(Input input, Call call) {
        CodeSigningDocument.check(
                new Constraints(), input.description(), input.allowedPublishers(), input.codeSigningPolicies());
        CodeSigningDocument.require(configs, input.codeSigningConfigArn());
        return CodeSigningDocument.Answer.of(
                configs.change(input.codeSigningConfigArn(), before -> changed(input, before)));
    }

    private CodeSigningConfig changed(Input input, CodeSigningConfig before) {
        var publishers = input.allowedPublishers();
        var policies = input.codeSigningPolicies();
        var profiles = publishers == null ? null : publishers.signingProfileVersionArns();
        var policy = policies == null ? null : policies.untrustedArtifactOnDeployment();
        return new CodeSigningConfig(
                before.arn(),
                Objects.requireNonNullElse(input.description(), before.description()),
                Objects.requireNonNullElse(profiles, before.publishers()),
                Objects.requireNonNullElse(policy, before.policy()),
                clock.instant());
    }
}
