package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the functions with a code signing configuration. AWS: Lambda API Reference, ListFunctionsByCodeSigningConfig. */
@Http("GET /2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions")
public final class ListFunctionsByCodeSigningConfig
        implements Operation<ListFunctionsByCodeSigningConfig.Input, ListFunctionsByCodeSigningConfig.Output> {
    private final CodeSigningConfigs configs;

    public ListFunctionsByCodeSigningConfig(CodeSigningConfigs configs) {
        this.configs = configs;
    }

    record Input(
            @HttpLabel String codeSigningConfigArn,
            @HttpQuery("Marker") @Nullable String marker,
            @HttpQuery("MaxItems") @Nullable Integer maxItems) {}

    record Output(@Nullable String nextMarker, List<String> functionArns) {}

    @Override
    public Output handle(Input input, Call call) {
        var arn = CodeSigningDocument.require(configs, input.codeSigningConfigArn())
                .arn();
        var all = configs.functionsWith(arn, call.accountId(), call.region());
        var page = Page.of(all, input.marker(), input.maxItems(), each -> each);
        return new Output(page.nextMarker(), page.items());
    }
}
