package dev.ruststack.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ruststack.operator.desired.Platform;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/**
 * The operator's process. Without arguments it runs the operator; {@code wait --for=Ready STACK} waits for a stack.
 * Settings come from the environment: see {@link Platform}.
 */
public final class Main {
    /** Of probes and metrics; another only where the build starts the operator beside other programs. */
    private static final int HEALTH_PORT = Integer.getInteger("ruststack.health-port", 8080);

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("wait")) {
            level("Off");
            System.exit(WaitCommand.run(Arrays.asList(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0) {
            System.err.println("unknown command " + arguments[0] + "; there is: wait");
            System.exit(2);
        }
        run();
    }

    private static void run() throws IOException {
        Platform platform;
        try {
            platform = Platform.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        level(platform.process().logLevel());
        var process = new OperatorProcess(Connection.open(), platform, Clock.systemUTC(), HEALTH_PORT);
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
        process.start();
    }

    private static void level(String name) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(name, Level.INFO));
        }
    }
}
