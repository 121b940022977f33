package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.lambda.ConcurrencyLimits;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaSettings;
import dev.ruststack.emulator.lambda.Layers;

/** Tells an account's quotas and what of them is used. AWS: Lambda API Reference, GetAccountSettings; Lambda quotas. */
@Http("GET /2016-08-19/account-settings")
public final class GetAccountSettings implements Operation<GetAccountSettings.Input, GetAccountSettings.Output> {
    /** Bytes: 75 GB. Nothing is refused here before the disk is full. */
    private static final long TOTAL_CODE_SIZE = 80_530_636_800L;

    private static final long CODE_SIZE_UNZIPPED = 262_144_000;
    private static final long CODE_SIZE_ZIPPED = 52_428_800;

    private final Functions functions;
    private final Layers layers;

    public GetAccountSettings(Functions functions, Layers layers) {
        this.functions = functions;
        this.layers = layers;
    }

    record Input() {}

    record Output(AccountLimit accountLimit, AccountUsage accountUsage) {}

    record AccountLimit(
            long totalCodeSize,
            long codeSizeUnzipped,
            long codeSizeZipped,
            int concurrentExecutions,
            int unreservedConcurrentExecutions) {}

    record AccountUsage(long totalCodeSize, long functionCount) {}

    @Override
    public Output handle(Input input, Call call) {
        var all = functions.list(call.accountId(), call.region());
        var owner = ConcurrencyLimits.owner(FunctionName.arn(call.accountId(), call.region(), ""));
        int limit = LambdaSettings.ACCOUNT_CONCURRENCY;
        long size = all.stream()
                        .flatMap(function -> function.configurations().stream())
                        .mapToLong(version -> version.code().size())
                        .sum()
                + layers.codeSize(call.accountId(), call.region());
        return new Output(
                new AccountLimit(
                        TOTAL_CODE_SIZE,
                        CODE_SIZE_UNZIPPED,
                        CODE_SIZE_ZIPPED,
                        limit,
                        limit - functions.reserved().reserved(owner)),
                new AccountUsage(size, all.size()));
    }
}
