package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Changes some of what becomes of asynchronous events. AWS: Lambda API Reference, UpdateFunctionEventInvokeConfig. */
@Http("POST /2019-09-25/functions/{FunctionName}/event-invoke-config")
public final class UpdateFunctionEventInvokeConfig
        implements Operation<UpdateFunctionEventInvokeConfig.Input, EventInvoke> {
    private final Functions functions;
    private final Clock clock;

    public UpdateFunctionEventInvokeConfig(Functions functions, Clock clock) {
        this.functions = functions;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier,
            @Nullable Integer maximumRetryAttempts,
            @Nullable Integer maximumEventAgeInSeconds,
            EventInvoke.@Nullable DestinationConfig destinationConfig) {
        EventInvoke.Given given() {
            return new EventInvoke.Given(maximumRetryAttempts, maximumEventAgeInSeconds, destinationConfig);
        }
    }

    @Override
    public EventInvoke handle(Input input, Call call) {
        var given = input.given();
        given.check();
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        EventInvoke.require(functions, name);
        given.requireReachable(functions, name);
        var qualifier = FunctionControls.qualifier(name);
        var changed = functions.change(
                name,
                function -> function.withControls(function.controls()
                        .withEventInvoke(qualifier, given.over(EventInvoke.require(function, name), clock.instant()))));
        return EventInvoke.of(name.arn(), qualifier, EventInvoke.require(changed, name));
    }
}
