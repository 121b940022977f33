package dev.ruststack.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the operator's process: one line of text for each event, on standard output. */
final class LogOutput {
    private static final String BEGIN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger{0}: %msg";

    /** Of an exception its message: where it was thrown is told from Debug on. */
    private static final String ONE_LINE = BEGIN + "%replace( %ex{short}){'\\s+', ' '}%nopex%n";

    private static final String WITH_TRACE = BEGIN + "%n%ex";

    private LogOutput() {}

    /** Logs what is at least as severe as {@code Error}, …, {@code Trace}; {@code Off} logs nothing. */
    static void start(String levelName) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        var level = Level.toLevel(levelName, Level.INFO);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(level.isGreaterOrEqual(Level.INFO) ? ONE_LINE : WITH_TRACE);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(level);
        if (level.equals(Level.INFO)) {
            // What libraries say of themselves; that the resource is v1alpha1 is known.
            context.getLogger("io.javaoperatorsdk").setLevel(Level.WARN);
            context.getLogger("io.fabric8").setLevel(Level.WARN);
            context.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils")
                    .setLevel(Level.ERROR);
        }
    }
}
