package dev.ruststack.emulator.aws.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The table of every route that a service has at AWS: a resource {@code routes.txt} beside a class of the service, with
 * lines of {@code Operation METHOD /path?query [header]}. A request for one that is not built is refused by name.
 */
public final class KnownRoutes {
    private KnownRoutes() {}

    /** Reads the table that lies beside {@code service}. */
    public static List<Route> of(Class<?> service) {
        return of(service, "routes.txt");
    }

    /** Reads a table of another name that lies there. */
    public static List<Route> of(Class<?> service, String file) {
        try (var in = service.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " beside " + service);
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(KnownRoutes::route)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(String line) {
        var words = line.split(" ");
        return Route.parse(words[0], words[1] + " " + words[2], words.length > 3 ? words[3] : "");
    }
}
