package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;

/** Tells of a code signing configuration. AWS: Lambda API Reference, GetCodeSigningConfig. */
@Http("GET /2020-04-22/code-signing-configs/{CodeSigningConfigArn}")
public final class GetCodeSigningConfig implements Operation<GetCodeSigningConfig.Input, CodeSigningDocument.Answer> {
    private final CodeSigningConfigs configs;

    public GetCodeSigningConfig(CodeSigningConfigs configs) {
        this.configs = configs;
    }

    record Input(@HttpLabel String codeSigningConfigArn) {}

    @Override
    public CodeSigningDocument.Answer handle(Input input, Call call) {
        return CodeSigningDocument.Answer.of(CodeSigningDocument.require(configs, input.codeSigningConfigArn()));
    }
}
