package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text of a request that is signed. AWS: IAM User Guide, Create a signed AWS API request, steps 1 to 3.
 *
 * @param text the canonical request
 */
record CanonicalRequest(String text) {
    static CanonicalRequest of(Request request, Signature signature, String payloadHash) {
        var out = new StringBuilder(512);
        out.append(request.method()).append('\n');
        out.append(path(request.rawPath(), signature.service())).append('\n');
        out.append(query(request)).append('\n');
        for (var name : signature.signedHeaders()) {
            out.append(name).append(':').append(header(request, name)).append('\n');
        }
        out.append('\n')
                .append(String.join(";", signature.signedHeaders()))
                .append('\n')
                .append(payloadHash);
        return new CanonicalRequest(out.toString());
    }

    String stringToSign(Signature signature) {
        return Signature.ALGORITHM + "\n" + signature.timestamp() + "\n" + signature.scope() + "\n"
                + Digests.sha256Hex(text);
    }

    /** S3 signs the path encoded once; every other service normalises it and encodes what was sent again. */
    private static String path(String rawPath, String service) {
        if (service.equals("s3")) {
            return PercentEncoding.encodePath(PercentEncoding.decode(rawPath));
        }
        // By segment: a slash within one was sent encoded, and stays so.
        return Arrays.stream(rawPath.split("/", -1))
                .map(segment -> PercentEncoding.encode(PercentEncoding.encode(PercentEncoding.decode(segment))))
                .collect(Collectors.joining("/"));
    }

    private static String query(Request request) {
        record Pair(String name, String value) {}
        var pairs = new ArrayList<Pair>();
        for (var parameter : request.query()) {
            if (!parameter.name().equals("X-Amz-Signature")) {
                pairs.add(
                        new Pair(PercentEncoding.encode(parameter.name()), PercentEncoding.encode(parameter.value())));
            }
        }
        pairs.sort(Comparator.comparing(Pair::name).thenComparing(Pair::value));
        return String.join(
                "&", pairs.stream().map(pair -> pair.name + "=" + pair.value).toList());
    }

    private static String header(Request request, String name) {
        List<String> values = request.headers().all(name).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .toList();
        return String.join(",", values);
    }

    /** The x-amz headers of a request that its signature does not cover, which S3 refuses. */
    static List<String> unsigned(Request request, Signature signature) {
        var unsigned = new ArrayList<String>();
        for (var field : request.headers()) {
            var name = field.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-") && !signature.signedHeaders().contains(name) && !unsigned.contains(name)) {
                unsigned.add(name);
            }
        }
        return unsigned;
    }
}
