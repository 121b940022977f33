package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import org.jspecify.annotations.Nullable;

/** Tells a function's configuration. AWS: Lambda API Reference, GetFunctionConfiguration. */
@Http("GET /2015-03-31/functions/{FunctionName}/configuration")
public final class GetFunctionConfiguration implements Operation<GetFunctionConfiguration.Input, FunctionDocument> {
    private final Functions functions;

    public GetFunctionConfiguration(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    @Override
    public FunctionDocument handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.READ, call);
        return FunctionDocument.of(functions.requireVersion(name), name);
    }
}
