package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.ResourceTags;

/** Deletes a code signing configuration that no function has. AWS: Lambda API Reference, DeleteCodeSigningConfig. */
@Http(value = "DELETE /2020-04-22/code-signing-configs/{CodeSigningConfigArn}", code = 204)
public final class DeleteCodeSigningConfig
        implements Operation<DeleteCodeSigningConfig.Input, DeleteCodeSigningConfig.Output> {
    private final CodeSigningConfigs configs;
    private final ResourceTags tags;

    public DeleteCodeSigningConfig(CodeSigningConfigs configs, ResourceTags tags) {
        this.configs = configs;
        this.tags = tags;
    }

    record Input(@HttpLabel String codeSigningConfigArn) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var arn = CodeSigningDocument.require(configs, input.codeSigningConfigArn())
                .arn();
        configs.delete(arn, call.accountId(), call.region());
        tags.forget(arn);
        return new Output();
    }
}
