package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.FunctionConfiguration.UpdateStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps so many execution environments of a function initialised: idle ones of them are not ended, lost ones are
 * replaced, and a changed function has them anew. One that does not start is tried again ever less often.
 */
public final class KeptWarm implements Warmth, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptWarm.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private static final Pattern UNQUALIFIED = Pattern.compile("(?:[^:]*:){6}[^:]*");

    private final PooledInvoker invoker;
    private final Lookup lookup;
    private final Map<String, Keeper> keepers = new ConcurrentHashMap<>();

    /** The function as it is now; null where there is none any more. */
    public interface Lookup {
        @Nullable
        FunctionConfiguration find(String functionArn);
    }

    /** Keeps nothing yet; {@link #changed} has to be called after each change of a function. */
    public KeptWarm(PooledInvoker invoker, Lookup lookup) {
        this.invoker = invoker;
        this.lookup = lookup;
        invoker.onLoss(this::changed);
    }

    @Override
    public int standing(FunctionConfiguration version) {
        return invoker.standing(version);
    }

    @Override
    public int most() {
        return invoker.maxEnvironments();
    }

    /** Keeps so many environments from now on; 0 for none. */
    @Override
    public void keep(String functionArn, int environments) {
        invoker.keep(functionArn, environments);
        keepers.compute(functionArn, (arn, before) -> {
            if (before != null && before.count == environments) {
                return before;
            }
            if (before != null) {
                before.thread.interrupt();
            }
            return environments == 0 ? null : new Keeper(arn, environments);
        });
    }

    /** Keeps none of {@code $LATEST} of any other function than these. */
    public void keepOnly(Set<String> functionArns) {
        keepers.keySet().stream()
                .filter(arn ->
                        !functionArns.contains(arn) && UNQUALIFIED.matcher(arn).matches())
                .forEach(arn -> keep(arn, 0));
    }

    /** A function has changed or gone, or an environment has. Does not block. */
    public void changed() {
        keepers.values().forEach(keeper -> keeper.signal.release());
    }

    @Override
    public void close() {
        keepers.keySet().forEach(arn -> keep(arn, 0));
    }

    /** Looks after one function. */
    private final class Keeper {
        private final String arn;
        private final int count;
        private final Semaphore signal = new Semaphore(1);
        private final Thread thread;

        Keeper(String arn, int count) {
            this.arn = arn;
            this.count = count;
            this.thread = Thread.ofVirtual().name("keep-" + arn).start(this::run);
        }

        private void run() {
            var pause = FIRST_PAUSE;
            try {
                while (true) {
                    signal.acquire();
                    signal.drainPermits();
                    if (fill()) {
                        pause = FIRST_PAUSE;
                    } else {
                        Thread.sleep(pause);
                        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
                        signal.release();
                    }
                }
            } catch (InterruptedException e) {
                // No more are to be kept, or another number.
            }
        }

        /** False where it has to be tried again; a change under way has {@link #changed} called at its end. */
        private boolean fill() throws InterruptedException {
            var function = lookup.find(arn);
            if (function == null) {
                keep(arn, 0);
                return true;
            }
            if (!function.state().equals(State.ACTIVE) || UpdateStatus.IN_PROGRESS.equals(function.lastUpdate())) {
                return true;
            }
            int missing = count - invoker.environments(function);
            return missing <= 0 || start(function, missing);
        }

        private boolean start(FunctionConfiguration function, int missing) throws InterruptedException {
            try {
                return invoker.start(function, missing) == null;
            } catch (AwsException e) {
                LOG.warn("{}: {} more environments could not be started: {}", function.name(), missing, e.getMessage());
                return false;
            }
        }
    }
}
