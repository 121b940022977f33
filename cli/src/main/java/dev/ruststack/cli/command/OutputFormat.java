package dev.ruststack.cli.command;

import picocli.CommandLine.Option;

/** The option of every command that prints data. */
final class OutputFormat {
    /** For people, or for programs. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to print: text for people; json for programs, one document on one line.")
    private Format format = Format.TEXT;

    boolean json() {
        return format == Format.JSON;
    }
}
