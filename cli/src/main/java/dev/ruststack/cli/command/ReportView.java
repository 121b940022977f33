package dev.ruststack.cli.command;

import dev.ruststack.cli.terminal.Style;
import dev.ruststack.cli.terminal.Table;
import dev.ruststack.cli.terminal.Terminal;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedReport;
import java.util.List;

/**
 * A seed report as it is shown.
 *
 * @param ready whether every item is
 */
record ReportView(boolean ready, String revision, long durationMilliseconds, List<SeedItem> items) {
    static ReportView of(SeedReport report) {
        return new ReportView(report.ready(), report.revision(), report.durationMilliseconds(), report.items());
    }

    /** The items as a table on standard output, then what failed and why on standard error. */
    static void print(SeedReport report, Terminal terminal) {
        table(report).forEach(line -> terminal.print(coloured(line, terminal)));
        failures(report, terminal);
    }

    /** What failed, why, and what to do about it. */
    static void failures(SeedReport report, Terminal terminal) {
        for (var item : report.items()) {
            if (!item.ready() && item.error() != null) {
                terminal.error(
                        item.kind() + " " + item.name() + ": " + item.error().stripTrailing(), "");
            }
        }
    }

    static List<String> table(SeedReport report) {
        var table = new Table("KIND", "NAME", "STATE", "HOLDS", "ARN");
        for (var item : report.items()) {
            var arn = item.arn() == null ? "" : item.arn();
            table.row(item.kind(), item.name(), item.state(), holds(item), arn);
        }
        return report.items().isEmpty() ? List.of() : table.lines();
    }

    static String coloured(String line, Terminal terminal) {
        return line.replaceFirst(
                        " " + SeedItem.READY + "( |$)", " " + terminal.styled(Style.GREEN, SeedItem.READY) + "$1")
                .replaceFirst(
                        " " + SeedItem.FAILED + "( |$)", " " + terminal.styled(Style.RED, SeedItem.FAILED) + "$1");
    }

    private static String holds(SeedItem item) {
        if (item.items() == null) {
            return "";
        }
        var noun = switch (item.kind()) {
            case "Bucket" -> "object";
            case "RestApi", "HttpApi" -> "route";
            default -> "item";
        };
        return item.items() + " " + noun + (item.items() == 1 ? "" : "s");
    }
}
