package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.lambda.CodeSigningConfig;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.ResourceTags;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says who may sign the code of functions. AWS: Lambda API Reference, CreateCodeSigningConfig. */
@Http(value = "POST /2020-04-22/code-signing-configs", code = 201)
public final class CreateCodeSigningConfig
        implements Operation<CreateCodeSigningConfig.Input, CodeSigningDocument.Answer> {
    private final CodeSigningConfigs configs;
    private final ResourceTags tags;
    private final Clock clock;

    public CreateCodeSigningConfig(CodeSigningConfigs configs, ResourceTags tags, Clock clock) {
        this.configs = configs;
        this.tags = tags;
        this.clock = clock;
    }

    record Input(
            @Nullable String description,
            CodeSigningDocument.@Nullable Publishers allowedPublishers,
            CodeSigningDocument.@Nullable Policies codeSigningPolicies,
            @Nullable Map<String, String> tags) {
        String policy() {
            var asked = codeSigningPolicies == null ? null : codeSigningPolicies.untrustedArtifactOnDeployment();
            return Objects.requireNonNullElse(asked, CodeSigningConfig.WARN);
        }
    }

    @Override
    public CodeSigningDocument.Answer handle(Input input, Call call) {
        var publishers = input.allowedPublishers();
        CodeSigningDocument.check(
                new Constraints().required("allowedPublishers", publishers),
                input.description(),
                publishers,
                input.codeSigningPolicies());
        var tagged = Tags.require(Objects.requireNonNullElse(input.tags(), Map.of()));
        var profiles = Objects.requireNonNull(publishers).signingProfileVersionArns();
        var config = new CodeSigningConfig(
                configs.newArn(call.accountId(), call.region()),
                Objects.requireNonNullElse(input.description(), ""),
                Objects.requireNonNullElse(profiles, List.of()),
                input.policy(),
                clock.instant());
        configs.put(config);
        tags.change(config.arn(), none -> tagged);
        return CodeSigningDocument.Answer.of(config);
    }
}
