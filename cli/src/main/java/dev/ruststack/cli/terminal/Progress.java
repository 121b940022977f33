package dev.ruststack.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows what goes on while it does: on a terminal one moving line with every running step, elsewhere a plain line now and
 * then. A step that has ended leaves a line with the time that it took. May be used from any number of threads.
 */
public final class Progress implements AutoCloseable {
    private static final List<String> SPINNER = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
    private static final List<String> ASCII_SPINNER = List.of("|", "/", "-", "\\");
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final List<Step> running = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final long start = System.nanoTime();
    private final Thread painter = Thread.ofVirtual().name("progress").unstarted(this::paint);
    private int frame;

    public Progress(Terminal terminal) {
        this.terminal = terminal;
        if (terminal.moving()) {
            terminal.aside(() -> terminal.draw(""), () -> {});
        }
        painter.start();
    }

    /** Something that takes its time. */
    public final class Step {
        private final String title;
        private final long began = System.nanoTime();
        private volatile String detail = "";

        private Step(String title) {
            this.title = title;
        }

        /** What it is at now. */
        public void detail(String text) {
            detail = text;
        }

        /** Ends it well; returns how long it took. */
        public Duration done() {
            return end(terminal.styledError(Style.GREEN, terminal.sign("✓", "+")), "");
        }

        /** Ends it badly; the reason is told elsewhere. */
        public Duration failed() {
            return end(terminal.styledError(Style.RED, terminal.sign("✗", "x")), " failed after");
        }

        private Duration end(String sign, String how) {
            var took = Duration.ofNanos(System.nanoTime() - began);
            boolean wasRunning;
            synchronized (running) {
                wasRunning = running.remove(this);
            }
            if (wasRunning) {
                terminal.note(
                        sign + " " + title + how + " " + terminal.styledError(Style.FAINT, Progress.seconds(took)));
            }
            return took;
        }

        private String now() {
            var took = " " + seconds(Duration.ofNanos(System.nanoTime() - began));
            return (detail.isEmpty() ? title : title + ": " + detail) + took;
        }
    }

    public Step begin(String title) {
        var step = new Step(title);
        synchronized (running) {
            running.add(step);
        }
        return step;
    }

    /** Since this was made. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Such as {@code 1.9 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private void paint() {
        var pause = terminal.moving() ? FRAME : LINE;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                var now = now();
                if (now.isEmpty()) {
                    continue;
                }
                if (terminal.moving()) {
                    terminal.draw(moving(now));
                } else {
                    terminal.note(terminal.sign("… ", "... ") + now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String now() {
        synchronized (running) {
            return String.join(", ", running.stream().map(Step::now).toList());
        }
    }

    private String moving(String now) {
        var frames = terminal.sign("⠋", "|").equals("|") ? ASCII_SPINNER : SPINNER;
        frame = (frame + 1) % frames.size();
        var room = Math.max(10, terminal.columns() - 3);
        var text = now.length() <= room ? now : now.substring(0, room - 1) + terminal.sign("…", ".");
        return terminal.styledError(Style.CYAN, frames.get(frame)) + " " + text;
    }

    /** Takes the moving line away. */
    @Override
    public void close() {
        closing.countDown();
        try {
            painter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (terminal.moving()) {
            terminal.draw("");
            terminal.aside(() -> {}, () -> {});
        }
    }
}
