package dev.ruststack.emulator.lambda;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Functions whose source has changed and whose code is yet to follow: what is invoked meanwhile waits for it, so that a
 * change is live at the next invocation. For one machine, where source is watched; AWS has nothing like it.
 */
public final class CodeReloads {
    /** A build that takes longer goes on; the code from before serves meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, CountDownLatch> underway = new ConcurrentHashMap<>();

    /** The function's code is out of date from now on; does nothing where it is already. */
    public void begin(String functionArn) {
        underway.computeIfAbsent(functionArn, _ -> new CountDownLatch(1));
    }

    /** The function's code is up to date, or stays as it is. */
    public void end(String functionArn) {
        var reload = underway.remove(functionArn);
        if (reload != null) {
            reload.countDown();
        }
    }

    /** Waits for a reload of the function that is under way; false where there was none to wait for. */
    boolean await(String functionArn) throws InterruptedException {
        var reload = underway.get(functionArn);
        return reload != null && reload.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }
}
