package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Gives out deployment packages under the URLs that GetFunction returns as Code.Location: as on AWS each is good for ten
 * minutes, for whoever has it, and says nothing else. It is signed with a key that this process makes up.
 */
public final class CodeDownloads implements ExchangeHandler {
    /** What the path of these URLs starts with. */
    public static final String PREFIX = "/_ruststack/v1/lambda/code/";

    private static final Duration VALID = Duration.ofMinutes(10);

    private final Functions functions;
    private final Layers layers;
    private final Clock clock;
    private final byte[] key = new byte[32];

    public CodeDownloads(Functions functions, Layers layers, Clock clock) {
        this.functions = functions;
        this.layers = layers;
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    /** A URL of a function's package, on the host that the request came to. */
    public String location(FunctionConfiguration function, Request request) {
        return location(function.versionArn(), function.code(), request);
    }

    /** A URL of the package of a version of a function or a layer, on the host that the request came to. */
    public String location(String arn, Code code, Request request) {
        var expires = clock.instant().plus(VALID).getEpochSecond();
        var path = PREFIX + PercentEncoding.encode(arn) + ".zip";
        return (request.secure() ? "https://" : "http://") + request.host() + path + "?Expires=" + expires
                + "&Signature=" + sign(arn, code.sha256(), expires);
    }

    private @Nullable Code code(String arn) {
        if (arn.matches(LayerName.VERSION_ARN)) {
            var layer = layers.find(arn);
            return layer == null ? null : layers.code(layer);
        }
        var function = functions.configuration(arn);
        return function == null ? null : function.code();
    }

    @Override
    public Response handle(Request request) throws IOException {
        var code = request.method().equals("GET") ? signedFor(request) : null;
        if (code == null) {
            return Response.of(403, "text/plain", Body.of("This URL is not, or no longer, valid.\n"));
        }
        try {
            var channel = FileChannel.open(code.zip());
            return Response.of(200, "application/zip", new Body.FileRange(channel, 0, code.size()));
        } catch (NoSuchFileException e) {
            return Response.of(404, "text/plain", Body.of("The deployment package is gone.\n"));
        }
    }

    /** The package that a URL was made for; null where it was not, has expired, or the function has another now. */
    private @Nullable Code signedFor(Request request) {
        var path = request.rawPath();
        var query = request.query();
        var expires = query.first("Expires");
        var signature = query.first("Signature");
        if (!path.startsWith(PREFIX) || !path.endsWith(".zip") || expires == null || signature == null) {
            return null;
        }
        var arn = PercentEncoding.decode(path.substring(PREFIX.length(), path.length() - ".zip".length()));
        var code = code(arn);
        if (code == null || !expires.matches("\\d{1,12}")) {
            return null;
        }
        long until = Long.parseLong(expires);
        boolean signed = MessageDigest.isEqual(
                sign(arn, code.sha256(), until).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
        return signed && clock.instant().isBefore(Instant.ofEpochSecond(until)) ? code : null;
    }

    private String sign(String arn, String sha256, long expires) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal((arn + '\n' + sha256 + '\n' + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
