package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.lambda.ConcurrencyLimits;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.LambdaSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is reserved for a function, on the wire. AWS: Lambda API Reference, PutFunctionConcurrency; Lambda quotas.
 *
 * @param reservedConcurrentExecutions null for nothing
 */
record FunctionConcurrency(@Nullable Integer reservedConcurrentExecutions) {
    /** What has to be left for functions without a reservation. */
    private static final int LEAST_UNRESERVED = 100;

    /** The function whose concurrency a request means: as a whole, for versions have none of their own. */
    static FunctionName function(String given, Call call) {
        var name = FunctionName.parse(given, null, FunctionName.Use.CHANGE, call);
        if (name.qualifier() != null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "This operation is permitted on Lambda functions only. Aliases and versions do not support this"
                            + " operation. Please specify either a function name or an unqualified function ARN.");
        }
        return name;
    }

    /** Throws where too little would be left for the account's other functions. */
    static void requireLeft(Functions functions, FunctionName name, int reserved) {
        var before = functions.reserved().of(name.arn());
        int others = functions.reserved().reserved(ConcurrencyLimits.owner(name.arn())) - (before == null ? 0 : before);
        if (LambdaSettings.ACCOUNT_CONCURRENCY - others - reserved < LEAST_UNRESERVED) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Specified ReservedConcurrentExecutions for function decreases account's"
                            + " UnreservedConcurrentExecution below its minimum value of [" + LEAST_UNRESERVED + "].");
        }
    }
}
