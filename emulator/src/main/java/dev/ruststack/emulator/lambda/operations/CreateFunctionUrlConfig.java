package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrl.Cors;
import dev.ruststack.emulator.lambda.FunctionUrls;
import dev.ruststack.emulator.lambda.Functions;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives a function or an alias a URL. AWS: Lambda API Reference, CreateFunctionUrlConfig. */
@Http(value = "POST /2021-10-31/functions/{FunctionName}/url", code = 201)
public final class CreateFunctionUrlConfig
        implements Operation<CreateFunctionUrlConfig.Input, CreateFunctionUrlConfig.Output> {
    private final Functions functions;
    private final FunctionUrls urls;
    private final Clock clock;

    public CreateFunctionUrlConfig(Functions functions, FunctionUrls urls, Clock clock) {
        this.functions = functions;
        this.urls = urls;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier,
            @Nullable String authType,
            @Nullable Cors cors,
            @Nullable String invokeMode) {}

    record Output(
            String functionUrl,
            String functionArn,
            String authType,
            @Nullable Cors cors,
            String creationTime,
            String invokeMode) {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints().required("authType", input.authType()).check();
        FunctionUrlDocument.check(input.authType(), input.invokeMode(), input.cors());
        var name = FunctionUrlDocument.unversioned(
                FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call));
        functions.require(name);
        var now = FunctionUrlDocument.now(clock);
        var url = new FunctionUrl(
                FunctionUrl.idOf(name.invokedArn()),
                name.invokedArn(),
                Objects.requireNonNull(input.authType()),
                input.cors(),
                Objects.requireNonNullElse(input.invokeMode(), FunctionUrl.BUFFERED),
                now,
                now);
        urls.add(url);
        var made = FunctionUrlDocument.of(url, call.request());
        return new Output(
                made.functionUrl(),
                made.functionArn(),
                made.authType(),
                made.cors(),
                made.creationTime(),
                made.invokeMode());
    }
}
