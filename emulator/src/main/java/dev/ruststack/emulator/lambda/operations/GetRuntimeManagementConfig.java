package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import org.jspecify.annotations.Nullable;

/** Tells when the runtime of a function would be updated. AWS: Lambda API Reference, GetRuntimeManagementConfig. */
@Http("GET /2021-07-20/functions/{FunctionName}/runtime-management-config")
public final class GetRuntimeManagementConfig
        implements Operation<GetRuntimeManagementConfig.Input, RuntimeManagementDocument> {
    private final Functions functions;

    public GetRuntimeManagementConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier) {}

    @Override
    public RuntimeManagementDocument handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        return RuntimeManagementDocument.of(functions.require(name), name);
    }
}
