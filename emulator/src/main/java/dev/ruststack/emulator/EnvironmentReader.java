package dev.ruststack.emulator;

import dev.ruststack.crds.yaml.Nearest;
import dev.ruststack.emulator.EmulatorConfig.Executor;
import dev.ruststack.emulator.EmulatorConfig.Storage;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Reads an emulator's settings from environment variables. Every mistake is found in one go; an unknown variable of the
 * emulator's own prefix is one. Values of secrets are in no message.
 */
final class EnvironmentReader {
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-zA-Z.:_-]+");

    /** What {@code ProcessGuard} leaves in the environment of children, of which this may be one. */
    private static final String MARK = "RUSTSTACK_CHILD";

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private EnvironmentReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Settings, or what is wrong with the variables. */
    sealed interface Result {
        record Valid(EmulatorConfig config) implements Result {}

        record Invalid(List<String> problems) implements Result {}
    }

    static Result read(Map<String, String> environment) {
        var reader = new EnvironmentReader(environment);
        reader.refuseUnknown();
        var config = reader.config();
        return reader.problems.isEmpty() ? new Result.Valid(config) : new Result.Invalid(List.copyOf(reader.problems));
    }

    private EmulatorConfig config() {
        var executor = choice(
                Setting.EXECUTOR,
                Map.of("Pods", Executor.PODS, "Process", Executor.PROCESS, "Disabled", Executor.DISABLED));
        if (executor == Executor.PODS && text(Setting.RUNNER_KEY).isEmpty()) {
            problems.add(
                    Setting.RUNNER_KEY.variable() + " must be set where " + Setting.EXECUTOR.variable() + " is Pods");
        }
        return new EmulatorConfig(
                matching(Setting.BIND_ADDRESS, ADDRESS, "an address to listen on"),
                new EmulatorConfig.Ports(
                        port(Setting.AWS_PORT),
                        port(Setting.FRONT_PORT),
                        port(Setting.RUNTIME_PORT),
                        port(Setting.ADMIN_PORT)),
                matching(Setting.REGION, REGION, "an AWS region such as us-east-1"),
                matching(Setting.ACCOUNT_ID, ACCOUNT, "12 digits"),
                secrets(),
                choice(Setting.SIGNATURES, Map.of("Strict", Mode.ENFORCE, "Permissive", Mode.PERMISSIVE)),
                hosts(),
                directory(text(Setting.DATA_DIRECTORY), Setting.DATA_DIRECTORY),
                choice(Setting.STORAGE, Map.of("Ephemeral", Storage.EPHEMERAL, "Persistent", Storage.PERSISTENT)),
                address(Setting.DYNAMODB),
                null,
                new EmulatorConfig.Lambda(
                        executor,
                        choice(Setting.RUNTIME_FUNCTIONS, Map.of("Allow", true, "Deny", false)),
                        number(Setting.MAX_RUNNERS, 100),
                        number(Setting.IDLE_SECONDS, 86_400),
                        address(Setting.FUNCTION_ENDPOINT),
                        address(Setting.FUNCTION_S3_ENDPOINT),
                        null),
                text(Setting.SEED_DIRECTORY).isEmpty()
                        ? null
                        : directory(text(Setting.SEED_DIRECTORY), Setting.SEED_DIRECTORY),
                choice(
                        Setting.LOG_LEVEL,
                        Map.of(
                                "Error", Level.ERROR,
                                "Warn", Level.WARN,
                                "Info", Level.INFO,
                                "Debug", Level.DEBUG,
                                "Trace", Level.TRACE)));
    }

    private EmulatorConfig.Secrets secrets() {
        var key = text(Setting.RUNNER_KEY);
        return new EmulatorConfig.Secrets(
                text(Setting.ACCESS_KEY_ID),
                text(Setting.SECRET_ACCESS_KEY),
                text(Setting.ADMIN_TOKEN),
                key.isEmpty() ? null : key);
    }

    private void refuseUnknown() {
        var known = Arrays.stream(Setting.values()).map(Setting::variable).toList();
        environment.keySet().stream()
                .filter(name -> name.startsWith(Setting.PREFIX) && !known.contains(name) && !name.equals(MARK))
                .sorted()
                .forEach(name -> problems.add(name + " is no setting of the emulator"
                        + Nearest.to(name, known)
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse("")));
    }

    /** A value as it is set. One that is set to nothing is as if it were not set, but where nothing means something. */
    private String text(Setting setting) {
        var value = environment.get(setting.variable());
        var otherwise = setting.defaultValue();
        if (otherwise == null) {
            if (value == null || value.isBlank()) {
                problem(setting.variable() + " must be set");
                return "";
            }
            return value;
        }
        boolean mayBeEmpty = setting == Setting.DYNAMODB || setting == Setting.SEED_DIRECTORY;
        return value == null || (value.isEmpty() && !mayBeEmpty) ? otherwise : value;
    }

    private void problem(String text) {
        if (!problems.contains(text)) {
            problems.add(text);
        }
    }

    private void wrong(Setting setting, String value, String expected) {
        problem(setting.variable() + ": expected " + expected + ", found "
                + (setting.secret() ? "another" : quoted(value)));
    }

    private static String quoted(String value) {
        var printable = value.replaceAll("\\p{Cntrl}", "?");
        return '"' + (printable.length() > 100 ? printable.substring(0, 100) + "…" : printable) + '"';
    }

    private String matching(Setting setting, Pattern pattern, String expected) {
        var value = text(setting);
        if (!pattern.matcher(value).matches()) {
            wrong(setting, value, expected);
        }
        return value;
    }

    private int port(Setting setting) {
        return number(setting, 65_535);
    }

    private int number(Setting setting, int most) {
        var value = text(setting);
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        wrong(setting, value, "a number from 0 to " + most);
        return 0;
    }

    private <T> T choice(Setting setting, Map<String, T> choices) {
        var value = text(setting);
        var chosen = choices.get(value);
        if (chosen != null) {
            return chosen;
        }
        wrong(
                setting,
                value,
                "one of " + String.join(", ", choices.keySet().stream().sorted().toList()));
        return choices.values().iterator().next();
    }

    private List<String> hosts() {
        var value = text(Setting.HOSTS);
        if (value.isEmpty()) {
            return List.of();
        }
        var hosts = List.of(value.split(",", -1));
        for (var host : hosts) {
            if (!HOST.matcher(host).matches()) {
                wrong(Setting.HOSTS, host, "a host name");
            }
        }
        return hosts;
    }

    private Path directory(String value, Setting setting) {
        if (!value.startsWith("/") || value.indexOf('\0') >= 0) {
            wrong(setting, value, "an absolute path");
            return Path.of("/");
        }
        return Path.of(value).normalize();
    }

    private @Nullable URI address(Setting setting) {
        var value = text(setting);
        if (value.isEmpty()) {
            return null;
        }
        try {
            var uri = new URI(value);
            boolean web =
                    "http".equals(uri.getScheme()) || ("https".equals(uri.getScheme()) && setting != Setting.DYNAMODB);
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, as every other value that is no address.
        }
        wrong(setting, value, "an address such as http://10.0.0.7:4566");
        return null;
    }
}
