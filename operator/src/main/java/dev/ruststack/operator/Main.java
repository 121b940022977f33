package dev.ruststack.operator;

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
            LogOutput.start("Off");
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
        LogOutput.start(platform.process().logLevel());
        var process = new OperatorProcess(Connection.open(), platform, Clock.systemUTC(), HEALTH_PORT, Main::end);
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
        process.start();
        LoggerFactory.getLogger(Main.class)
                .info(
                        "Watching {}: probes and metrics on port {}",
                        platform.process().watchNamespaces().isEmpty()
                                ? "all namespaces"
                                : String.join(", ", platform.process().watchNamespaces()),
                        process.healthPort());
    }

    /** At once: shutdown hooks would wait for what is under way, which another process may be doing already. */
    private static void end() {
        Runtime.getRuntime().halt(1);
    }
}
