package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.CodeSigningConfig;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists code signing configurations. AWS: Lambda API Reference, ListCodeSigningConfigs. */
@Http("GET /2020-04-22/code-signing-configs")
public final class ListCodeSigningConfigs
        implements Operation<ListCodeSigningConfigs.Input, ListCodeSigningConfigs.Output> {
    private final CodeSigningConfigs configs;

    public ListCodeSigningConfigs(CodeSigningConfigs configs) {
        this.configs = configs;
    }

    record Input(
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(@Nullable String nextMarker, List<CodeSigningDocument> codeSigningConfigs) {}

    @Override
    public Output handle(Input input, Call call) {
        var all = configs.list(call.accountId(), call.region());
        var page = Page.of(all, input.marker(), input.maxItems(), CodeSigningConfig::arn);
        return new Output(
                page.nextMarker(),
                page.items().stream().map(CodeSigningDocument::of).toList());
    }
}
