package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the functions of an account and region. AWS: Lambda API Reference, ListFunctions. */
@Http("GET /2015-03-31/functions")
public final class ListFunctions implements Operation<ListFunctions.Input, ListFunctions.Output> {
    private final Functions functions;

    public ListFunctions(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @NotHonoured @HttpQuery("MasterRegion") @Nullable
            String masterRegion,

            @HttpQuery("FunctionVersion") @Nullable String functionVersion,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(@Nullable String nextMarker, List<FunctionDocument> functions) {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints()
                .oneOf("functionVersion", input.functionVersion(), List.of("ALL"))
                .check();
        new Unsupported("ListFunctions").refuse("MasterRegion", input.masterRegion());
        boolean versions = input.functionVersion() != null;
        var all = functions.list(call.accountId(), call.region()).stream()
                .flatMap(
                        function -> versions ? function.configurations().stream() : Stream.of(function.configuration()))
                .toList();
        var page = Page.of(all, input.marker(), input.maxItems(), ListFunctions::order);
        return new Output(
                page.nextMarker(),
                page.items().stream()
                        .map(function -> document(function, versions))
                        .toList());
    }

    /** By name; versions of one function by number. */
    private static String order(FunctionConfiguration function) {
        return function.name() + '\0' + ListVersionsByFunction.order(function);
    }

    /** Where versions are asked for, each is named as one. */
    private static FunctionDocument document(FunctionConfiguration function, boolean versions) {
        return FunctionDocument.listed(function, versions ? function.arn() + ":" + function.version() : function.arn());
    }
}
