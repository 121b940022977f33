package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.FunctionControls.Provisioned;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.ProvisionedConcurrency;
import dev.ruststack.emulator.lambda.StoredFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists what of a function is kept initialised. AWS: Lambda API Reference, ListProvisionedConcurrencyConfigs. */
@Http("GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL")
public final class ListProvisionedConcurrencyConfigs
        implements Operation<ListProvisionedConcurrencyConfigs.Input, ListProvisionedConcurrencyConfigs.Output> {
    private final Functions functions;
    private final ProvisionedConcurrency concurrency;

    public ListProvisionedConcurrencyConfigs(Functions functions, ProvisionedConcurrency concurrency) {
        this.functions = functions;
        this.concurrency = concurrency;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(
            List<Item> provisionedConcurrencyConfigs,
            @Nullable String nextMarker) {}

    record Item(
            String functionArn,
            int requestedProvisionedConcurrentExecutions,
            int availableProvisionedConcurrentExecutions,
            int allocatedProvisionedConcurrentExecutions,
            String status,
            @Nullable String statusReason,
            String lastModified) {
        static Item of(String functionArn, ProvisionedDocument document) {
            return new Item(
                    functionArn,
                    document.requestedProvisionedConcurrentExecutions(),
                    document.availableProvisionedConcurrentExecutions(),
                    document.allocatedProvisionedConcurrentExecutions(),
                    document.status(),
                    document.statusReason(),
                    document.lastModified());
        }
    }

    @Override
    public Output handle(Input input, Call call) {
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var function = functions.require(name);
        var all = new TreeMap<>(function.controls().provisioned());
        var page = Page.of(List.copyOf(all.entrySet()), input.marker(), input.maxItems(), Map.Entry::getKey);
        return new Output(
                page.items().stream().map(each -> item(function, each)).toList(), page.nextMarker());
    }

    private Item item(StoredFunction function, Map.Entry<String, Provisioned> provisioned) {
        var version = Objects.requireNonNull(function.find(provisioned.getKey()));
        return Item.of(
                version.arn() + ":" + provisioned.getKey(),
                ProvisionedDocument.of(function, provisioned.getKey(), provisioned.getValue(), concurrency));
    }
}
