package dev.ruststack.cli.command;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.file.ProblemPrinter;
import dev.ruststack.cli.file.StackFile;
import dev.ruststack.cli.terminal.Json;
import dev.ruststack.cli.terminal.Style;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.yaml.Problem;
import dev.ruststack.crds.yaml.RustStackDocument;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./ruststack validate FILE}. */
@Command(
        name = "validate",
        header = "Check a YAML file: every mistake at once, with its line, column and field.",
        description = {
            "Checks what the cluster's schema would check, what one machine cannot do, and that every file and folder"
                    + " named in it is there. Starts nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ruststack validate stack.yaml",
            "  ruststack validate - < stack.yaml",
            "  ruststack validate -o json stack.yaml | jq '.problems[].message'"
        })
final class ValidateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Parameters(
            paramLabel = "FILE",
            description = "The YAML file, or a folder with a stack.yaml; - for standard input.")
    private String file = "";

    ValidateCommand(CommandContext context) {
        this.context = context;
    }

    /** What {@code --output json} prints. */
    record Validation(String file, boolean valid, List<Problem> problems, List<Problem> warnings) {}

    @Override
    public Integer call() throws IOException {
        var read = StackFile.read(file, System.in);
        var problems = read.allProblems();
        if (output.json()) {
            context.terminal()
                    .print(Json.of(new Validation(read.name(), problems.isEmpty(), problems, read.warnings())));
        } else {
            print(read, problems);
        }
        return (problems.isEmpty() ? ExitCode.OK : ExitCode.INVALID_YAML).code();
    }

    private void print(StackFile read, List<Problem> problems) {
        var terminal = context.terminal();
        new ProblemPrinter(terminal, read).print(problems, read.warnings());
        if (!problems.isEmpty()) {
            terminal.note("");
            terminal.note(read.name() + ": " + counted(problems.size(), "problem"));
            return;
        }
        for (var document : read.documents()) {
            terminal.print(terminal.styled(Style.GREEN, terminal.sign("✓", "ok:")) + " " + read.name() + ": "
                    + summary(document));
        }
    }

    private static String summary(RustStackDocument document) {
        RustStackSpec spec = document.spec();
        var routes = spec.restApis().stream()
                        .mapToInt(api -> api.routes().size())
                        .sum()
                + spec.httpApis().stream().mapToInt(api -> api.routes().size()).sum();
        return document.metadata().name() + " with "
                + String.join(
                        ", ",
                        counted(spec.buckets().size(), "bucket"),
                        counted(spec.tables().size(), "table"),
                        counted(spec.functions().size(), "function")
                                + (spec.layers().isEmpty()
                                        ? ""
                                        : ", " + counted(spec.layers().size(), "layer")),
                        counted(routes, "route"));
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
