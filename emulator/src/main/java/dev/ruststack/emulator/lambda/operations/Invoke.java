package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.HttpResponseCode;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.lambda.Chains;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.Outcome;
import dev.ruststack.emulator.lambda.TraceId;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a function: waits for its result, or only hands it the event. AWS: Lambda API Reference, Invoke. */
@Http("POST /2015-03-31/functions/{FunctionName}/invocations")
public final class Invoke implements Operation<Invoke.Input, Invoke.Output> {
    private static final int MAX_SYNCHRONOUS = 6_291_456;
    private static final int MAX_ASYNCHRONOUS = 1_048_576;
    private static final String WAIT = "RequestResponse";
    private static final String EVENT = "Event";
    private static final String DRY_RUN = "DryRun";

    private final Functions functions;
    private final Invoker invoker;
    private final Clock clock;

    public Invoke(Functions functions, Invoker invoker, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpHeader("X-Amz-Invocation-Type") @Nullable String invocationType,
            @HttpHeader("X-Amz-Log-Type") @Nullable String logType,
            @HttpHeader("X-Amz-Client-Context") @Nullable String clientContext,

            @HttpHeader("X-Amz-Durable-Execution-Name") @Nullable @NotHonoured
            String durableExecutionName,

            @NotHonoured @HttpHeader("X-Amz-Tenant-Id") @Nullable
            String tenantId,

            @HttpQuery("Qualifier") @Nullable String qualifier,
            @HttpPayload Payload payload) {
        String type() {
            return invocationType == null ? WAIT : invocationType;
        }
    }

    record Output(
            @HttpResponseCode int statusCode,
            @HttpHeader("X-Amz-Function-Error") @Nullable String functionError,
            @HttpHeader("X-Amz-Log-Result") @Nullable String logResult,
            @HttpHeader("X-Amz-Executed-Version") @Nullable String executedVersion,
            @HttpHeader("X-Amzn-Trace-Id") @Nullable String traceId,
            @HttpHeader("Content-Type") @Nullable String contentType,
            @HttpPayload Body payload) {
        static Output empty(int status, @Nullable String traceId) {
            return new Output(status, null, null, null, traceId, null, Body.empty());
        }
    }

    @Override
    public Output handle(Input input, Call call) throws IOException, InterruptedException {
        new Constraints()
                .oneOf("invocationType", input.invocationType(), List.of(WAIT, EVENT, DRY_RUN))
                .oneOf("logType", input.logType(), List.of("None", "Tail"))
                .check();
        new Unsupported("Invoke")
                .refuse("DurableExecutionName", input.durableExecutionName())
                .refuse("TenantId", input.tenantId());
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.READ, call);
        var function = InvocationRequest.function(functions, name);
        var context = InvocationRequest.clientContext(input.clientContext());
        int limit = input.type().equals(EVENT) ? MAX_ASYNCHRONOUS : MAX_SYNCHRONOUS;
        var event = InvocationRequest.event(input.payload(), limit);
        if (input.type().equals(DRY_RUN)) {
            return Output.empty(204, null);
        }
        var trace = call.request().headers().first("X-Amzn-Trace-Id", TraceId.unsampled(clock.instant()));
        var invocation = new Invocation(call.requestId(), event, name.invokedArn(), context, trace);
        if (input.type().equals(EVENT)) {
            invoker.invokeAsync(function, invocation);
            return Output.empty(202, trace);
        }
        var outcome = invoker.invoke(function, Chains.next(functions, function, invocation));
        return output(outcome, function, trace, "Tail".equals(input.logType()));
    }

    private static Output output(Outcome outcome, FunctionConfiguration function, String trace, boolean tail) {
        return new Output(
                200,
                outcome instanceof Outcome.Failed ? "Unhandled" : null,
                tail ? Base64.getEncoder().encodeToString(outcome.logTail()) : null,
                function.version(),
                trace,
                "application/json",
                Body.of(outcome.payload()));
    }
}
