package dev.ruststack.cli.logging;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.function.Consumer;

/** Hands every event on as text: to standard error, or to whoever draws there. */
final class LinesAppender extends AppenderBase<ILoggingEvent> {
    private static volatile Consumer<String> sink = System.err::println;

    private final PatternLayout layout;

    LinesAppender(PatternLayout layout) {
        this.layout = layout;
    }

    static void sendTo(Consumer<String> lines) {
        sink = lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        sink.accept(layout.doLayout(event).stripTrailing());
    }
}
