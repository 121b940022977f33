package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;

/** Tells of a function's code signing configuration, or that it has none. AWS: Lambda API Reference, GetFunctionCodeSigningConfig. */
@Http("GET /2020-06-30/functions/{FunctionName}/code-signing-config")
public final class GetFunctionCodeSigningConfig
        implements Operation<GetFunctionCodeSigningConfig.Input, CodeSigningDocument.OfFunction> {
    private final Functions functions;

    public GetFunctionCodeSigningConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    @Override
    public CodeSigningDocument.OfFunction handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var arn = functions.require(name).controls().codeSigningConfigArn();
        return new CodeSigningDocument.OfFunction(arn, name.name());
    }
}
