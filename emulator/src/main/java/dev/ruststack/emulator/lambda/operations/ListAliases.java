package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Alias;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the aliases of a function, or those that name a version. AWS: Lambda API Reference, ListAliases. */
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

    record Output(@Nullable String nextMarker, List<AliasDocument> aliases) {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints()
                .matches("functionVersion", input.functionVersion(), AliasRouting.VERSION)
                .check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var aliases = functions.require(name).aliases().values().stream()
                .filter(alias -> input.functionVersion() == null || alias.refersTo(input.functionVersion()))
                .sorted(Comparator.comparing(Alias::name))
                .toList();
        var page = Page.of(aliases, input.marker(), input.maxItems(), Alias::name);
        return new Output(
                page.nextMarker(),
                page.items().stream()
                        .map(alias -> AliasDocument.of(alias, name))
                        .toList());
    }
}
