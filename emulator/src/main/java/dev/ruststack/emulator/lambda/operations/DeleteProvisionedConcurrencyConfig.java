package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.Functions;

/** Keeps no environments of a version any more; that there is no such provision is no error. AWS: Lambda API Reference, DeleteProvisionedConcurrencyConfig. */
@Http(value = "DELETE /2019-09-30/functions/{FunctionName}/provisioned-concurrency?Qualifier", code = 204)
public final class DeleteProvisionedConcurrencyConfig
        implements Operation<DeleteProvisionedConcurrencyConfig.Input, DeleteProvisionedConcurrencyConfig.Output> {
    private final Functions functions;

    public DeleteProvisionedConcurrencyConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") String qualifier) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        var name = ProvisionedDocument.version(input.functionName(), input.qualifier(), call);
        functions.requireVersion(name);
        functions.change(
                name,
                function -> function.withControls(
                        function.controls().withProvisioned(FunctionControls.qualifier(name), null)));
        return new Output();
    }
}
