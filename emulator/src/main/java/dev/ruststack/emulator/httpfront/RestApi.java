package dev.ruststack.emulator.httpfront;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One REST API with one stage, as a RustStack declares it.
 *
 * @param accountId the account that owns it
 * @param name its name
 * @param stage the name of its stage, which events carry and URLs here do not
 * @param binaryMediaTypes the types whose bodies travel in base64, as on AWS; an empty list leaves it to the body: what
 *     is not text travels in base64, and what comes back in base64 is decoded
 * @param routes its methods
 */
public record RestApi(String accountId, String name, String stage, List<String> binaryMediaTypes, List<Route> routes) {
    private static final String JSON = "application/json";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    public RestApi {
        binaryMediaTypes = List.copyOf(binaryMediaTypes);
        routes = List.copyOf(routes);
    }

    /** Its id, which stays the same as long as its name does. */
    String id() {
        return identifier("api " + name, 10);
    }

    String deploymentId() {
        return identifier("deployment " + name + " " + stage, 6);
    }

    String resourceId(String path) {
        return identifier("resource " + name + " " + path, 10);
    }

    private String identifier(String of, int length) {
        var hash = sha256(accountId + " " + of);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(Math.floorMod(hash[i], ALPHABET.length())));
        }
        return text.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a request's body reaches the function in base64; one without a type counts as JSON. */
    boolean takesAsBinary(@Nullable String contentType, byte[] body) {
        return binaryMediaTypes.isEmpty()
                ? !MediaTypes.isText(contentType, body)
                : MediaTypes.matches(binaryMediaTypes, contentType == null ? JSON : contentType);
    }

    /** Whether a result in base64 is decoded: as on AWS, the first type that the client accepts decides. */
    boolean answersInBinary(@Nullable String accept) {
        return binaryMediaTypes.isEmpty()
                || MediaTypes.matches(binaryMediaTypes, accept == null ? JSON : accept.split(",", 2)[0]);
    }
}
