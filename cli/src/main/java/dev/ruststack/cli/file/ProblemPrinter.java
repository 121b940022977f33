package dev.ruststack.cli.file;

import dev.ruststack.cli.terminal.Style;
import dev.ruststack.cli.terminal.Terminal;
import dev.ruststack.crds.yaml.Problem;
import java.util.List;

/** Shows problems as compilers do: place, field, message, and the line with a mark below the column. */
public final class ProblemPrinter {
    private final Terminal terminal;
    private final List<String> lines;

    public ProblemPrinter(Terminal terminal, StackFile file) {
        this.terminal = terminal;
        this.lines = file.lines();
    }

    /** All problems, then all warnings; on standard error. */
    public void print(List<Problem> problems, List<Problem> warnings) {
        problems.forEach(problem -> print(problem, ""));
        warnings.forEach(problem -> print(problem, terminal.styledError(Style.YELLOW, "warning: ")));
    }

    private void print(Problem problem, String severity) {
        var place =
                problem.line() == 0 ? problem.file() : problem.file() + ":" + problem.line() + ":" + problem.column();
        var field = problem.fieldPath().isEmpty() ? "" : problem.fieldPath() + ": ";
        terminal.note(terminal.styledError(Style.BOLD, place + ":") + " " + severity + field + problem.message());
        if (problem.line() > 0 && problem.line() <= lines.size()) {
            excerpt(problem);
        }
    }

    private void excerpt(Problem problem) {
        var line = lines.get(problem.line() - 1);
        var number = "%5d ".formatted(problem.line());
        var bar = terminal.sign("│", "|");
        var start = Math.max(0, Math.min(problem.column() - 1, line.length()));
        // A tab takes as many columns below as above.
        var indent = line.substring(0, start).replaceAll("[^\\t]", " ");
        terminal.note(terminal.styledError(Style.FAINT, number + bar) + " " + shortened(line));
        terminal.note(terminal.styledError(Style.FAINT, " ".repeat(number.length()) + bar) + " " + indent
                + terminal.styledError(Style.RED, "^"));
    }

    private String shortened(String line) {
        int most = 400;
        return line.length() <= most ? line : line.substring(0, most) + terminal.sign("…", "...");
    }
}
