package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrls;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the URLs of a function and its aliases. AWS: Lambda API Reference, ListFunctionUrlConfigs. */
@Http("GET /2021-10-31/functions/{FunctionName}/urls")
public final class ListFunctionUrlConfigs
        implements Operation<ListFunctionUrlConfigs.Input, ListFunctionUrlConfigs.Output> {
    private final Functions functions;
    private final FunctionUrls urls;

    public ListFunctionUrlConfigs(Functions functions, FunctionUrls urls) {
        this.functions = functions;
        this.urls = urls;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(
            List<FunctionUrlDocument> functionUrlConfigs,
            @Nullable String nextMarker) {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        functions.require(name);
        var page = Page.of(urls.of(name), input.marker(), input.maxItems(), FunctionUrl::functionArn);
        return new Output(
                page.items().stream()
                        .map(url -> FunctionUrlDocument.of(url, call.request()))
                        .toList(),
                page.nextMarker());
    }
}
