package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import org.jspecify.annotations.Nullable;

/** Tells that a function's code need not be signed, as that cannot be asked for yet. AWS: Lambda API Reference, GetFunctionCodeSigningConfig. */
@Http("GET /2020-06-30/functions/{FunctionName}/code-signing-config")
public final class GetFunctionCodeSigningConfig
        implements Operation<GetFunctionCodeSigningConfig.Input, GetFunctionCodeSigningConfig.Output> {
    private final Functions functions;

    public GetFunctionCodeSigningConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String functionName) {}

    record Output(@Nullable String codeSigningConfigArn, String functionName) {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        functions.require(name);
        return new Output(null, name.name());
    }
}
