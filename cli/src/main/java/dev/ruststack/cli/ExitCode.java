package dev.ruststack.cli;

/** How a command can end, as the shell sees it. The one list: {@code ./ruststack --help} prints it. */
public enum ExitCode {
    OK(0, "all went well"),
    FAILED(1, "an item could not be seeded, a function failed, or an operation did"),
    USAGE(2, "the command line is wrong"),
    INVALID_YAML(3, "the YAML file has mistakes, or names files that are not there"),
    NOT_STARTED(4, "the stack could not be started: a port in use, no JDK, a failed build of RustStack"),
    NOT_RUNNING(5, "no running stack, or not the one that was named"),
    INTERNAL(70, "a mistake of RustStack's own: please report it"),
    INTERRUPTED(130, "ended by Ctrl-C, after everything was stopped"),
    TERMINATED(143, "ended by SIGTERM, after everything was stopped");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
