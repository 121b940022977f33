package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the versions of a function, the one that changes first. AWS: Lambda API Reference, ListVersionsByFunction. */
@Http("GET /2015-03-31/functions/{FunctionName}/versions")
public final class ListVersionsByFunction
        implements Operation<ListVersionsByFunction.Input, ListVersionsByFunction.Output> {
    private final Functions functions;

    public ListVersionsByFunction(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(@Nullable String nextMarker, List<FunctionDocument> versions) {}

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.READ, call);
        var versions = functions.require(name).configurations();
        var page = Page.of(versions, input.marker(), input.maxItems(), ListVersionsByFunction::order);
        return new Output(
                page.nextMarker(),
                page.items().stream()
                        .map(version -> FunctionDocument.listed(version, version.arn() + ":" + version.version()))
                        .toList());
    }

    /** What versions are ordered by, as text: {@code $LATEST}, then by number. */
    static String order(FunctionConfiguration version) {
        return version.version().equals(FunctionName.LATEST)
                ? version.version()
                : "%010d".formatted(Integer.parseInt(version.version()));
    }
}
