package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Takes the headers that clients put into the query of presigned URLs, such as {@code x-amz-meta-colour}, as the headers
 * they stand for. What a client sends as a header too stays as sent. Checksums in the query are not looked at: who signs
 * a URL does not know the body, and the SDK for JavaScript signs the checksum of an empty one into each; AWS takes any
 * body there. AWS: S3 API Reference, Authenticating requests: using query parameters.
 */
final class SignedParameters implements UnaryOperator<Request> {
    /** The parameters of the signature itself. */
    private static final Set<String> OF_THE_SIGNATURE = Set.of(
            "x-amz-algorithm",
            "x-amz-content-sha256",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-security-token",
            "x-amz-signature",
            "x-amz-signedheaders");

    private static final Set<String> ABOUT_CHECKSUMS =
            Set.of("x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type");

    @Override
    public Request apply(Request request) {
        if (request.rawQuery().isEmpty()) {
            return request;
        }
        var query = request.query();
        boolean version2 = query.has("AWSAccessKeyId") && query.has("Signature");
        return version2 || query.has("X-Amz-Signature") ? withHeaders(request, query, version2) : request;
    }

    private static Request withHeaders(Request request, Query query, boolean version2) {
        var headers = request.headers().toBuilder();
        for (var parameter : query) {
            var name = parameter.name().toLowerCase(Locale.ROOT);
            boolean header = name.startsWith("x-amz-") && !OF_THE_SIGNATURE.contains(name) && !isChecksum(name);
            boolean described = version2 && (name.equals("content-type") || name.equals("content-md5"));
            if ((header || described) && !headers.has(name)) {
                headers.add(name, parameter.value());
            }
        }
        return request.withHeaders(headers.build());
    }

    private static boolean isChecksum(String name) {
        return name.equals("x-amz-sdk-checksum-algorithm")
                || name.startsWith("x-amz-checksum-") && !ABOUT_CHECKSUMS.contains(name);
    }
}
