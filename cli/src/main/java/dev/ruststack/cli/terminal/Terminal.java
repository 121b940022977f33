package dev.ruststack.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Standard output for results, standard error for everything else. Colours and moving lines are for terminals only, and
 * never where {@code NO_COLOR} is set (no-color.org) or {@code TERM=dumb}; signs beyond ASCII only where the locale has
 * them.
 */
public final class Terminal {
    private static final int USUAL_COLUMNS = 80;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean unicode;
    private final int columns;
    private volatile boolean colours;
    private volatile Runnable beforeLine = () -> {};
    private volatile Runnable afterLine = () -> {};

    private Terminal(PrintStream out, PrintStream err, String terminals, boolean colours, int columns) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = terminals.contains("out");
        this.errIsTerminal = terminals.contains("err");
        this.colours = colours;
        this.unicode = err.charset().newEncoder().canEncode('⠹');
        this.columns = columns;
    }

    /**
     * The streams of this process. The launcher says by {@code ruststack.terminals} which of them are terminals, for Java
     * cannot tell them apart, and by {@code ruststack.columns} how wide they are.
     */
    public static Terminal system(Map<String, String> environment) {
        var dumb = "dumb".equals(environment.get("TERM"));
        var colours = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                utf8Where(System.out, "stdout.encoding"),
                utf8Where(System.err, "stderr.encoding"),
                dumb ? "" : System.getProperty("ruststack.terminals", ""),
                colours,
                Integer.getInteger("ruststack.columns", USUAL_COLUMNS));
    }

    /** Streams that are no terminals. */
    public static Terminal of(PrintStream out, PrintStream err) {
        return new Terminal(out, err, "", false, USUAL_COLUMNS);
    }

    /** Buffers whole lines: Java's own streams write character by character through to the system. */
    private static PrintStream utf8Where(PrintStream stream, String property) {
        var name = System.getProperty(property, StandardCharsets.UTF_8.name());
        var charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return new PrintStream(stream, true, charset);
    }

    public void noColours() {
        colours = false;
    }

    public boolean colours() {
        return colours && outIsTerminal;
    }

    /** Whether a line can be drawn over on standard error. */
    public boolean moving() {
        return errIsTerminal;
    }

    public int columns() {
        return columns;
    }

    /** The sign, or its stand-in where the locale has ASCII only. */
    public String sign(String sign, String ascii) {
        return unicode ? sign : ascii;
    }

    public PrintStream out() {
        return out;
    }

    /** Text for standard output in a style. */
    public String styled(Style style, String text) {
        return colours && outIsTerminal ? style.on(text) : text;
    }

    /** Text for standard error in a style. */
    public String styledError(Style style, String text) {
        return colours && errIsTerminal ? style.on(text) : text;
    }

    public void print(String line) {
        out.println(line);
    }

    /** A line on standard error, above a moving line if there is one. */
    public void note(String line) {
        synchronized (err) {
            beforeLine.run();
            err.println(line);
            afterLine.run();
        }
    }

    public void warning(String line) {
        note(styledError(Style.YELLOW, "warning: ") + line);
    }

    public void error(String message, String remedy) {
        note(styledError(Style.RED, "error: ") + message);
        if (!remedy.isEmpty()) {
            note(remedy.indent(2).stripTrailing());
        }
    }

    /** Draws text over the moving line; empty text takes the line away. */
    void draw(String text) {
        synchronized (err) {
            err.print("\r\u001b[K" + text);
            err.flush();
        }
    }

    /** Has a moving line stand aside for every line that is written. */
    void aside(Runnable before, Runnable after) {
        synchronized (err) {
            beforeLine = before;
            afterLine = after;
        }
    }
}
