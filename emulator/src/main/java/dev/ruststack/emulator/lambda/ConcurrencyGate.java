package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets so many invocations run at a time: of a function that has concurrency reserved for it as many as that, of all
 * others of an account and region together what it has left. The rest is throttled. AWS: Lambda Developer Guide,
 * Understanding Lambda function scaling.
 */
final class ConcurrencyGate {
    private final int accountLimit;
    private volatile ConcurrencyLimits limits = ConcurrencyLimits.NONE;

    /** How many run, by the ARN of a function with a limit of its own, or by what the ARNs of the others begin with. */
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    ConcurrencyGate(int accountLimit) {
        this.accountLimit = accountLimit;
    }

    /** An invocation that may run; closed when it has. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    void limit(ConcurrencyLimits newLimits) {
        limits = newLimits;
    }

    /** Counts an invocation that begins; throws {@code TooManyRequestsException} where it may not. */
    Permit enter(String functionArn) {
        var own = limits.of(functionArn);
        if (own != null) {
            return enter(functionArn, own, "ReservedFunctionConcurrentInvocationLimitExceeded");
        }
        var owner = ConcurrencyLimits.owner(functionArn);
        return enter(owner, accountLimit - limits.reserved(owner), "ConcurrentInvocationLimitExceeded");
    }

    private Permit enter(String counted, int limit, String reason) {
        running.compute(counted, (key, count) -> {
            int before = count == null ? 0 : count;
            if (before >= limit) {
                throw throttled(reason);
            }
            return before + 1;
        });
        return () -> running.computeIfPresent(counted, (key, count) -> count == 1 ? null : count - 1);
    }

    static AwsException throttled(String reason) {
        return LambdaError.TOO_MANY_REQUESTS.with("Reason", reason);
    }
}
