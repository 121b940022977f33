package dev.ruststack.cli.up;

import dev.ruststack.cli.build.FunctionSource;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.cli.terminal.Terminal;
import dev.ruststack.emulator.Emulator;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a changed source of a function live at its next invocation: builds it anew and updates the function, as
 * UpdateFunctionCode does. A source that cannot be built leaves the function as it is until the next change.
 */
final class HotReload implements SourceWatch.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(HotReload.class);

    private final Emulator emulator;
    private final Terminal terminal;

    private HotReload(Emulator emulator, Terminal terminal) {
        this.emulator = emulator;
        this.terminal = terminal;
    }

    /** Watches until what is returned is closed. */
    static SourceWatch start(Emulator emulator, Collection<FunctionSource> sources, Terminal terminal)
            throws IOException {
        return SourceWatch.start(sources, new HotReload(emulator, terminal));
    }

    @Override
    public void changing(String function) {
        emulator.sourceChanged(function);
    }

    @Override
    public void changed(String function) throws InterruptedException {
        long began = System.nanoTime();
        try {
            var item = emulator.reload(function);
            var took = Progress.seconds(Duration.ofNanos(System.nanoTime() - began));
            if (item.ready()) {
                terminal.note(function + ": its source changed, reloaded in " + took);
            } else {
                terminal.error(function + ": its source changed, " + item.error(), "The next change is tried again.");
            }
        } catch (RuntimeException e) {
            LOG.error("{} could not be reloaded", function, e);
        }
    }
}
