package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.ProvisionedConcurrency;

/** Tells how many environments are kept initialised. AWS: Lambda API Reference, GetProvisionedConcurrencyConfig. */
@Http("GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency?Qualifier")
public final class GetProvisionedConcurrencyConfig
        implements Operation<GetProvisionedConcurrencyConfig.Input, ProvisionedDocument> {
    private final Functions functions;
    private final ProvisionedConcurrency concurrency;

    public GetProvisionedConcurrencyConfig(Functions functions, ProvisionedConcurrency concurrency) {
        this.functions = functions;
        this.concurrency = concurrency;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") String qualifier) {}

    @Override
    public ProvisionedDocument handle(Input input, Call call) {
        var name = ProvisionedDocument.version(input.functionName(), input.qualifier(), call);
        var function = functions.require(name);
        var qualifier = FunctionControls.qualifier(name);
        var provisioned = function.controls().provisioned().get(qualifier);
        if (provisioned == null) {
            throw LambdaError.PROVISIONED_CONCURRENCY_NOT_FOUND.error();
        }
        return ProvisionedDocument.of(function, qualifier, provisioned, concurrency);
    }
}
