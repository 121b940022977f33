package dev.ruststack.emulator;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The emulator as a process of its own, as in a pod: set by environment variables (docs/emulator-settings.md), seeded
 * from a mounted bundle or over the admin API, ended by a signal.
 *
 * <p>Exit codes: 1 where it cannot start, 2 where a setting is wrong.
 */
public final class Main {
    private static final int NOT_STARTED = 1;
    private static final int WRONG_SETTING = 2;

    private Main() {}

    /** Runs until a signal ends the process. */
    @SuppressWarnings("SystemOut") // The log begins once the settings are known.
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0) {
            System.err.println("The emulator takes no arguments: its settings are environment variables.");
            System.exit(WRONG_SETTING);
        }
        switch (EnvironmentReader.read(System.getenv())) {
            case EnvironmentReader.Result.Valid(var config) -> {
                run(config);
                // All else that runs are daemons.
                new CountDownLatch(1).await();
            }
            case EnvironmentReader.Result.Invalid(var problems) -> {
                problems.forEach(problem -> System.err.println("ruststack: " + problem));
                System.exit(WRONG_SETTING);
            }
        }
    }

    private static void run(EmulatorConfig config) {
        LogOutput.start(config.logLevel());
        var log = LoggerFactory.getLogger(Main.class);
        try {
            var guard = config.lambda().executor() == EmulatorConfig.Executor.PROCESS ? ProcessGuard.start() : null;
            var emulator = start(config, guard);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
                        log.info("Stopping");
                        stop(emulator, guard);
                        log.info("Stopped");
                    }));
            var ports = emulator.ports();
            log.info(
                    "Listening: aws={}, front={}, runtime={}, admin={}",
                    ports.aws(),
                    ports.front(),
                    ports.runtime(),
                    ports.admin());
        } catch (IOException | RuntimeException e) {
            log.error("Could not start: {}", e.getMessage() == null ? e.toString() : e.getMessage());
            log.debug("Could not start", e);
            System.exit(NOT_STARTED);
        }
    }

    private static Emulator start(EmulatorConfig config, @Nullable ProcessGuard guard) throws IOException {
        try {
            return Emulator.start(config, guard);
        } catch (IOException | RuntimeException e) {
            if (guard != null) {
                guard.close();
            }
            throw e;
        }
    }

    private static void stop(Emulator emulator, @Nullable ProcessGuard guard) {
        try {
            emulator.close();
        } finally {
            if (guard != null) {
                guard.close();
            }
        }
    }
}
