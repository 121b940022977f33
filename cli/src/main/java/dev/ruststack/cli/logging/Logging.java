package dev.ruststack.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.ruststack.crds.EmulatorSpec;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures logback without a file, which saves reading XML at every start: lines of text on standard error, warnings
 * and errors only, so that the screen stays clean.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

    /** Named in {@code META-INF/services}; logback makes one and calls {@link #configure}. */
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        layout.start();
        var appender = new LinesAppender(layout);
        appender.setContext(context);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sends the lines elsewhere than to standard error. */
    public static void sendTo(Consumer<String> lines) {
        LinesAppender.sendTo(lines);
    }

    /**
     * Logs what is at least as severe.
     *
     * @param level as in {@code spec.emulator.logLevel}
     */
    public static void level(String level) {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.toLevel(level, Level.WARN));
        }
    }

    /**
     * The level for a screen: what the resource asks for, but not its default, which is meant for the logs of a cluster.
     */
    public static String ofScreen(EmulatorSpec spec) {
        return spec.logLevel().equals(EmulatorSpec.INFO) ? EmulatorSpec.WARN : spec.logLevel();
    }
}
