package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists what becomes of the events of a function, its versions and aliases. AWS: Lambda API Reference, ListFunctionEventInvokeConfigs. */
@Http("GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list")
public final class ListFunctionEventInvokeConfigs
        implements Operation<ListFunctionEventInvokeConfigs.Input, ListFunctionEventInvokeConfigs.Output> {
    private final Functions functions;

    public ListFunctionEventInvokeConfigs(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(
            List<EventInvoke> functionEventInvokeConfigs,
            @Nullable String nextMarker) {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var configs = new TreeMap<>(functions.require(name).controls().eventInvokes());
        var page = Page.of(List.copyOf(configs.entrySet()), input.marker(), input.maxItems(), Map.Entry::getKey);
        return new Output(
                page.items().stream()
                        .map(each -> EventInvoke.of(name.arn(), each.getKey(), each.getValue()))
                        .toList(),
                page.nextMarker());
    }
}
