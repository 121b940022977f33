package dev.ruststack.emulator.lambda.sandbox;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What runners talk to, on the port of the Runtime API: {@code connect} and {@code events} for as long as they live,
 * {@code code} for what they run. A runner proves itself with the HMAC-SHA256 of its sandbox's id under the stack's
 * key, and is let in once. Whoever is refused is not told why.
 */
public final class RunnerApi implements ExchangeHandler {
    /** Where the runners' routes are. */
    public static final String PREFIX = "/runner/v1/";

    private static final Logger LOG = LoggerFactory.getLogger(RunnerApi.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_FACTS = 64 * 1024;

    private final SecretKeySpec key;
    private final Function<String, @Nullable RunnerPod> pods;

    /** Serves the pods that {@code pods} knows by id. */
    RunnerApi(String key, Function<String, @Nullable RunnerPod> pods) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.pods = pods;
    }

    @Override
    public Response handle(Request request) throws Exception {
        var parts = request.rawPath().substring(PREFIX.length()).split("/", -1);
        var pod = pods.apply(parts[0]);
        if (pod == null || !proves(request, parts[0])) {
            return Response.of(403);
        }
        var route = request.method() + " " + (parts.length > 1 ? parts[1] : "");
        return switch (route) {
            case "POST connect" -> connect(pod, request);
            case "POST events" -> events(pod, request);
            case "GET code" -> code(pod, parts.length == 3 ? parts[2] : "");
            default -> Response.of(404);
        };
    }

    /** What the runner of a sandbox proves itself with. */
    public static String token(String key, String id) {
        return token(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM), id);
    }

    private boolean proves(Request request, String id) {
        var expected = ("Bearer " + token(key, id)).getBytes(StandardCharsets.UTF_8);
        var given = request.headers().first("Authorization", "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given);
    }

    private static String token(SecretKeySpec key, String id) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response connect(RunnerPod pod, Request request) throws Exception {
        var facts = request.body().stream().readNBytes(MAX_FACTS);
        try {
            LOG.debug("Runner of {} connects: {}", pod.id(), JsonMapper.shared().readTree(facts));
        } catch (JacksonException e) {
            return Response.of(400);
        }
        var connection = pod.connect();
        if (connection == null) {
            return Response.of(403);
        }
        request.connection().onClose(connection::end);
        return Response.of(200, "application/x-ndjson", new Body.Written(connection::writeOrders, -1));
    }

    private static Response events(RunnerPod pod, Request request) {
        var connection = pod.established();
        if (connection == null) {
            return Response.of(403);
        }
        connection.readEvents(request.body().stream());
        return Response.of(200);
    }

    private static Response code(RunnerPod pod, String name) {
        var directory = pod.code(name);
        return directory == null
                ? Response.of(404)
                : Response.of(200, "application/x-tar", new Body.Written(out -> CodeTar.write(directory, out), -1));
    }
}
