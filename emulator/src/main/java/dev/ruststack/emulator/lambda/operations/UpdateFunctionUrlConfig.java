package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrl.Cors;
import dev.ruststack.emulator.lambda.FunctionUrls;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes what a request names of a function URL; its address stays. AWS: Lambda API Reference, UpdateFunctionUrlConfig. */
@Http("PUT /2021-10-31/functions/{FunctionName}/url")
public final class UpdateFunctionUrlConfig implements Operation<UpdateFunctionUrlConfig.Input, FunctionUrlDocument> {
    private final FunctionUrls urls;
    private final Clock clock;

    public UpdateFunctionUrlConfig(FunctionUrls urls, Clock clock) {
        this.urls = urls;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier,
            @Nullable String authType,
            @Nullable Cors cors,
            @Nullable String invokeMode) {}

    @Override
    public FunctionUrlDocument handle(Input input, Call call) {
        FunctionUrlDocument.check(input.authType(), input.invokeMode(), input.cors());
        var name = FunctionUrlDocument.unversioned(
                FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call));
        var now = FunctionUrlDocument.now(clock);
        var changed = urls.change(name, url -> changed(url, input, now));
        return FunctionUrlDocument.of(changed, call.request());
    }

    private static FunctionUrl changed(FunctionUrl url, Input input, String now) {
        return new FunctionUrl(
                url.id(),
                url.functionArn(),
                Objects.requireNonNullElse(input.authType(), url.authType()),
                input.cors() == null ? url.cors() : input.cors(),
                Objects.requireNonNullElse(input.invokeMode(), url.invokeMode()),
                url.creationTime(),
                now);
    }
}
