package dev.ruststack.emulator;

import org.jspecify.annotations.Nullable;

/** Every environment variable of the emulator's process. The table in docs/emulator-settings.md is made from this. */
enum Setting {
    BIND_ADDRESS("RUSTSTACK_BIND_ADDRESS", "0.0.0.0", "The address that every port is bound to."),
    AWS_PORT("RUSTSTACK_AWS_PORT", "4566", "All AWS APIs; 0 takes a free port, as with every port."),
    FRONT_PORT("RUSTSTACK_FRONT_PORT", "8080", "The HTTP front: the routes of the functions."),
    RUNTIME_PORT("RUSTSTACK_RUNTIME_PORT", "9001", "The Lambda Runtime API and the runners."),
    ADMIN_PORT("RUSTSTACK_ADMIN_PORT", "4567", "The admin API, with the probes and the metrics."),
    REGION("RUSTSTACK_REGION", "us-east-1", "The AWS region of what is declared."),
    ACCOUNT_ID("RUSTSTACK_ACCOUNT_ID", "000000000000", "The AWS account of what is declared: 12 digits."),
    SIGNATURES("RUSTSTACK_SIGNATURES", "Strict", "`Strict` verifies every signature; `Permissive` takes any key."),
    HOSTS("RUSTSTACK_HOSTS", "", "Host names of the stack, with commas between; each also as `bucket.host`."),
    DATA_DIRECTORY("RUSTSTACK_DATA_DIRECTORY", "/var/lib/ruststack", "Objects and code of functions."),
    STORAGE("RUSTSTACK_STORAGE", "Ephemeral", "`Persistent` keeps them for the next start; `Ephemeral` does not."),
    DYNAMODB("RUSTSTACK_DYNAMODB", "http://127.0.0.1:8000", "Where DynamoDB Local listens; empty where there is none."),
    ADMIN_TOKEN("RUSTSTACK_ADMIN_TOKEN", null, "The bearer token of the admin API."),
    RUNNER_KEY("RUSTSTACK_RUNNER_KEY", "", "What the tokens of runners are made of; needed with `Pods`."),
    ACCESS_KEY_ID("AWS_ACCESS_KEY_ID", null, "The stack's access key."),
    SECRET_ACCESS_KEY("AWS_SECRET_ACCESS_KEY", null, "Its secret."),
    SEED_DIRECTORY(
            "RUSTSTACK_SEED_DIRECTORY", "/etc/ruststack/seed", "The mounted seed bundle; empty where there is none."),
    EXECUTOR("RUSTSTACK_EXECUTOR", "Pods", "Where functions run: `Pods`, `Process` or `Disabled`."),
    RUNTIME_FUNCTIONS("RUSTSTACK_RUNTIME_FUNCTIONS", "Allow", "`Allow` or `Deny` functions made by clients."),
    MAX_RUNNERS("RUSTSTACK_MAX_RUNNERS", "10", "The most execution environments at a time: 0 to 100."),
    IDLE_SECONDS("RUSTSTACK_IDLE_SECONDS", "600", "How long an idle one is kept: 0 to 86400."),
    LOG_LEVEL("RUSTSTACK_LOG_LEVEL", "Info", "`Error`, `Warn`, `Info`, `Debug` or `Trace`."),
    FUNCTION_ENDPOINT("RUSTSTACK_FUNCTION_ENDPOINT", "", "`AWS_ENDPOINT_URL` in functions; empty for this machine."),
    FUNCTION_S3_ENDPOINT("RUSTSTACK_FUNCTION_S3_ENDPOINT", "", "`AWS_ENDPOINT_URL_S3` in functions; empty for none.");

    /** What the names of all variables begin with that are the emulator's own. */
    static final String PREFIX = "RUSTSTACK_";

    private final String variable;
    private final @Nullable String defaultValue;
    private final String meaning;

    Setting(String variable, @Nullable String defaultValue, String meaning) {
        this.variable = variable;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** The environment variable. */
    String variable() {
        return variable;
    }

    /** What it is where it is not set; null where it has to be set. */
    @Nullable
    String defaultValue() {
        return defaultValue;
    }

    /** What it sets, in Markdown. */
    String meaning() {
        return meaning;
    }

    /** Whether its value must not be shown. */
    boolean secret() {
        return this == ADMIN_TOKEN || this == RUNNER_KEY || this == SECRET_ACCESS_KEY;
    }
}
