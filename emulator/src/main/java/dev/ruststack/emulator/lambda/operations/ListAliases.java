package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the aliases of a function: none, as none can be made yet. AWS: Lambda API Reference, ListAliases. */
@Http("GET /2015-03-31/functions/{FunctionName}/aliases")
public final class ListAliases implements Operation<ListAliases.Input, ListAliases.Output> {
    private final Functions functions;

    public ListAliases(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("FunctionVersion") @Nullable String functionVersion,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(@Nullable String nextMarker, List<String> aliases) {}

    @Override
    public Output handle(Input input, Call call) {
        functions.require(FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call));
        return new Output(null, List.of());
    }
}
