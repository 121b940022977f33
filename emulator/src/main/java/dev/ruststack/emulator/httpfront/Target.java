package dev.ruststack.emulator.httpfront;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** What answers a route. AWS: API Gateway's integrations. */
public sealed interface Target {
    /** What API Gateway waits for the integrations of REST APIs. */
    Duration REST_TIMEOUT = Duration.ofSeconds(29);

    /** What it waits for those of HTTP APIs. */
    Duration HTTP_TIMEOUT = Duration.ofSeconds(30);

    /** The form of events and results. */
    enum Format {
        V1,
        V2
    }

    /**
     * A function, as a proxy integration.
     *
     * @param arn with the version or alias where it names one
     * @param timeout how long it may take; it runs on after that, as on AWS
     */
    record Function(String arn, Format format, Duration timeout) implements Target {}

    /**
     * Another server, which gets the request as it is.
     *
     * @param method the method that it gets; ANY for the client's
     * @param uri where, with {@code {name}} for parameters of the path
     */
    record Server(String method, String uri, Duration timeout) implements Target {
        public Server {
            URI.create(uri.replaceAll("\\{[^}]*}", "x"));
        }
    }

    /** An answer that is always the same. */
    record Fixed(int status, Map<String, String> headers, String body) implements Target {
        public Fixed {
            headers = Map.copyOf(headers);
        }
    }
}
