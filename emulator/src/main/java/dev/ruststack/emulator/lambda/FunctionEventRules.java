package dev.ruststack.emulator.lambda;

/** What is configured for the asynchronous invocations of the functions that there are. */
public final class FunctionEventRules implements EventRules {
    private final Functions functions;

    public FunctionEventRules(Functions functions) {
        this.functions = functions;
    }

    @Override
    public EventInvokeConfig of(String invokedArn) {
        return functions.eventInvoke(invokedArn);
    }

    @Override
    public boolean mayLoop(String functionArn) {
        return functions.mayLoop(functionArn);
    }
}
