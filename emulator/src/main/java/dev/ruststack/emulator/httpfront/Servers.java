package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Other servers behind a gateway: requests and answers pass as they are. AWS: HTTP proxy integrations. */
final class Servers {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** What belongs to one connection, and what {@link HttpClient} sets by itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Made for the first request: most stacks have none. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    Response forward(GatewayRequest gateway, Target.Server server) throws InterruptedException {
        try {
            var answer = Client.HTTP.send(request(gateway, server), HttpResponse.BodyHandlers.ofByteArray());
            var headers = Headers.builder();
            answer.headers().map().forEach((name, values) -> {
                if (passes(name)) {
                    values.forEach(value -> headers.add(name, value));
                }
            });
            return new Response(answer.statusCode(), headers.build(), Body.of(answer.body()));
        } catch (HttpTimeoutException e) {
            LOG.warn("{}: {}", gateway.describe(), e.toString());
            return gateway.answer(GatewayAnswer.TIMED_OUT);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{}: {}", gateway.describe(), e.toString());
            return gateway.answer(GatewayAnswer.NOT_REACHED);
        }
    }

    private static HttpRequest request(GatewayRequest gateway, Target.Server server) {
        var incoming = gateway.request();
        var uri = server.uri();
        for (var parameter : gateway.match().pathParameters().entrySet()) {
            var value = PercentEncoding.encodePath(PercentEncoding.decode(parameter.getValue()));
            uri = uri.replace("{" + parameter.getKey() + "}", value).replace("{" + parameter.getKey() + "+}", value);
        }
        if (!incoming.rawQuery().isEmpty()) {
            uri += (uri.contains("?") ? "&" : "?") + incoming.rawQuery();
        }
        var request = HttpRequest.newBuilder(URI.create(uri)).timeout(server.timeout());
        gateway.incoming().headers().forEach((name, values) -> {
            if (passes(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var method = server.method().equals(Route.ANY) ? incoming.method() : server.method();
        return request.method(method, HttpRequest.BodyPublishers.ofByteArray(gateway.body()))
                .build();
    }

    private static boolean passes(String name) {
        return !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":");
    }
}
