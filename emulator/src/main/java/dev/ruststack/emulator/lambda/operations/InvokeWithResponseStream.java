package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.EventStream;
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
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.TraceId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function and passes its answer on while the function writes it. A function that does not stream has its whole
 * result in one piece; what goes wrong comes with the last event. AWS: Lambda API Reference, InvokeWithResponseStream.
 */
@Http("POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations")
public final class InvokeWithResponseStream
        implements Operation<InvokeWithResponseStream.Input, InvokeWithResponseStream.Output> {
    private static final int MAX_EVENT = 6_291_456;
    private static final String DRY_RUN = "DryRun";

    private final Functions functions;
    private final Invoker invoker;
    private final Clock clock;

    public InvokeWithResponseStream(Functions functions, Invoker invoker, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpHeader("X-Amz-Invocation-Type") @Nullable String invocationType,
            @HttpHeader("X-Amz-Log-Type") @Nullable String logType,
            @HttpHeader("X-Amz-Client-Context") @Nullable String clientContext,

            @NotHonoured @HttpHeader("X-Amz-Tenant-Id") @Nullable
            String tenantId,

            @HttpQuery("Qualifier") @Nullable String qualifier,
            @HttpPayload Payload payload) {}

    record Output(
            @HttpResponseCode int statusCode,
            @HttpHeader("X-Amz-Executed-Version") @Nullable String executedVersion,
            @HttpHeader("X-Amzn-Trace-Id") @Nullable String traceId,
            @HttpHeader("Content-Type") @Nullable String responseStreamContentType,
            @HttpPayload Body eventStream) {}

    @Override
    public Output handle(Input input, Call call) throws IOException, InterruptedException {
        new Constraints()
                .oneOf("invocationType", input.invocationType(), List.of("RequestResponse", DRY_RUN))
                .oneOf("logType", input.logType(), List.of("None", "Tail"))
                .check();
        new Unsupported("InvokeWithResponseStream").refuse("TenantId", input.tenantId());
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.READ, call);
        var function = InvocationRequest.function(functions, name);
        var context = InvocationRequest.clientContext(input.clientContext());
        var event = InvocationRequest.event(input.payload(), MAX_EVENT);
        if (DRY_RUN.equals(input.invocationType())) {
            return new Output(204, null, null, null, Body.empty());
        }
        var trace = call.request().headers().first("X-Amzn-Trace-Id", TraceId.unsampled(clock.instant()));
        var invocation = new Invocation(call.requestId(), event, name.invokedArn(), context, trace);
        var response = invoker.invokeStreaming(function, Chains.next(functions, function, invocation));
        var events = new ResponseEvents(response, "Tail".equals(input.logType()));
        return new Output(200, function.version(), trace, EventStream.CONTENT_TYPE, new Body.Written(events, -1));
    }
}
