package dev.ruststack.cli.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Variables as a shell and as other tools read them. */
public final class ShellVariables {
    private ShellVariables() {}

    /**
     * Lines for {@code eval} in a POSIX shell.
     *
     * @param present the variables of the shell: those that would lead an AWS client elsewhere are unset
     */
    public static List<String> exports(Map<String, String> variables, Map<String, String> present) {
        var lines = new ArrayList<String>();
        var misleading = new TreeSet<String>();
        for (var name : present.keySet()) {
            if (misleads(name) && !variables.containsKey(name)) {
                misleading.add(name);
            }
        }
        if (!misleading.isEmpty()) {
            lines.add("unset " + String.join(" ", misleading));
        }
        variables.forEach((name, value) -> lines.add("export " + name + "=" + quoted(value)));
        return lines;
    }

    /** Lines for a {@code .env} file: nothing in these values needs quotes. */
    public static List<String> dotenv(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    /** AWS SDKs and Tools Reference Guide: settings that go before, or beside, endpoint and keys. */
    private static boolean misleads(String name) {
        return switch (name) {
            case "AWS_PROFILE",
                    "AWS_DEFAULT_PROFILE",
                    "AWS_SESSION_TOKEN",
                    "AWS_SECURITY_TOKEN",
                    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
                    "AWS_USE_FIPS_ENDPOINT",
                    "AWS_USE_DUALSTACK_ENDPOINT" -> true;
            default -> name.startsWith("AWS_ENDPOINT_URL_");
        };
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
