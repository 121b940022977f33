package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The Python of this machine that stands in for one of Lambda's.
 *
 * @param program the interpreter itself, not a shim before it
 * @param version such as {@code 3.11}
 * @param platform what compiled packages are made for: the interpreter's ABI and the machine
 */
record PythonRuntime(Path program, String version, String platform) {
    private static final String PROBE = """
            import sys, sysconfig
            print(sys.executable)
            print("%d.%d" % sys.version_info[:2])
            print(sysconfig.get_config_var("SOABI"), sysconfig.get_platform())
            """;

    /** Finds the runtime's own version, such as {@code python3.11}, or else whatever {@code python3} is. */
    static PythonRuntime find(FunctionSource source, Commands commands)
            throws BuildException, IOException, InterruptedException {
        var names = new LinkedHashSet<>(List.of(source.runtime(), "python3"));
        for (var name : names) {
            var program = commands.find(name);
            if (program.isEmpty()) {
                continue;
            }
            // Version managers put a shim on the PATH for versions that are not active: it exists, and fails.
            var answer = commands.probe(program.get(), "-c", PROBE);
            if (answer.succeeded() && answer.lines().size() >= 3) {
                var lines = answer.lines().reversed();
                return new PythonRuntime(Path.of(lines.get(2)), lines.get(1), lines.get(0));
            }
        }
        throw new BuildException(
                source.name(),
                "no Python was found on the PATH (looked for " + String.join(", ", names)
                        + "); install Python 3 (Debian, Ubuntu: apt-get install python3 python3-pip)");
    }
}
