package dev.ruststack.cli.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of what the suites write: a test, and one thing that it is the check of.
 *
 * @param service whose test it is; null but for the tests in Java
 * @param feature {@code Operation: feature}, a line of features.txt; of the tests in Java the operation alone
 */
record Result(Client client, String version, @Nullable String service, String feature, String test, boolean passed) {
    static List<Result> read(Path file) throws IOException {
        var results = new ArrayList<Result>();
        for (var line : Files.readAllLines(file)) {
            var json = JsonMapper.shared().readTree(line);
            results.add(new Result(
                    Client.of(json.required("client").asString()),
                    json.required("version").asString(),
                    json.path("service").asStringOpt().orElse(null),
                    json.has("feature")
                            ? json.get("feature").asString()
                            : json.required("operation").asString(),
                    json.required("test").asString(),
                    json.required("passed").asBoolean()));
        }
        return results;
    }

    String operation() {
        int colon = feature.indexOf(':');
        return colon < 0 ? feature : feature.substring(0, colon);
    }
}
