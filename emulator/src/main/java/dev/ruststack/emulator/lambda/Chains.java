package dev.ruststack.emulator.lambda;

/** Invocations that lead to others. AWS: Lambda API Reference, Invoke, RecursiveInvocationException. */
public final class Chains {
    private Chains() {}

    /** The invocation, with the chain that it is in; {@code RecursiveInvocationException} where that is a loop. */
    public static Invocation next(Functions functions, FunctionConfiguration function, Invocation invocation) {
        if (!Lineage.isIn(invocation.traceId())) {
            return invocation;
        }
        var trace = Lineage.passing(invocation.traceId(), function.arn());
        if (Lineage.hops(trace, function.arn()) > Lineage.MOST && !functions.mayLoop(function.arn())) {
            throw LambdaError.RECURSIVE_INVOCATION.error();
        }
        return invocation.traced(trace);
    }
}
