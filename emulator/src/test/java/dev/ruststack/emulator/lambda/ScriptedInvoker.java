package dev.ruststack.emulator.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Runs nothing: answers what a test says, and keeps what it was asked. By default it gives the event back. */
public final class ScriptedInvoker implements Invoker {
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Invocation> accepted = new CopyOnWriteArrayList<>();
    private final List<String> retired = new CopyOnWriteArrayList<>();
    private volatile Script script = (function, invocation) -> new Outcome.Returned(invocation.payload(), new byte[0]);

    /** What a function does. */
    public interface Script {
        Outcome run(FunctionConfiguration function, Invocation invocation) throws InterruptedException;
    }

    /** One synchronous invocation. */
    public record Asked(FunctionConfiguration function, Invocation invocation) {}

    public void script(Script newScript) {
        script = newScript;
    }

    /** Makes every function return this. */
    public void returns(String json) {
        script = (function, invocation) -> new Outcome.Returned(json.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    @Override
    public Outcome invoke(FunctionConfiguration function, Invocation invocation) throws InterruptedException {
        asked.add(new Asked(function, invocation));
        return script.run(function, invocation);
    }

    @Override
    public void invokeAsync(FunctionConfiguration function, Invocation invocation) {
        accepted.add(invocation);
    }

    @Override
    public Outcome.@Nullable Failed warm(FunctionConfiguration function) {
        return null;
    }

    @Override
    public void retire(String functionArn) {
        retired.add(functionArn);
    }

    @Override
    public void retire(String functionArn, String version) {
        retired.add(functionArn + ":" + version);
    }

    public List<Asked> asked() {
        return asked;
    }

    public Asked lastAsked() {
        return asked.getLast();
    }

    public List<Invocation> accepted() {
        return accepted;
    }

    public List<String> retired() {
        return retired;
    }
}
