package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A presigned URL of Signature Version 2, which only S3 still takes and boto3 still makes where nothing else is
 * configured. AWS: S3 User Guide, Signing and authenticating REST requests (AWS Signature Version 2).
 */
record PresignedV2(String accessKeyId, String signature, Instant expires) {
    /** The parameters that name a part of a resource, or change the answer, and are signed with its path. */
    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "accelerate",
            "acl",
            "analytics",
            "cors",
            "defaultObjectAcl",
            "delete",
            "inventory",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "partNumber",
            "policy",
            "replication",
            "requestPayment",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "restore",
            "select",
            "select-type",
            "storageClass",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    /** Reads the signature of a request; null where it has none of this version. */
    static @Nullable PresignedV2 read(Query query) throws Signature.UnreadableException {
        var accessKeyId = query.first("AWSAccessKeyId");
        var signature = query.first("Signature");
        var expires = query.first("Expires");
        if (accessKeyId == null || signature == null || expires == null) {
            return null;
        }
        try {
            return new PresignedV2(accessKeyId, signature, Instant.ofEpochSecond(Long.parseLong(expires)));
        } catch (NumberFormatException e) {
            throw new Signature.UnreadableException(new AuthFailure.Malformed(true, "Expires should be a number"));
        }
    }

    /** What must have been signed: of a virtual host, the resource begins with the bucket in front of the host. */
    List<String> stringsToSign(Request request) {
        var resources = new ArrayList<String>();
        resources.add(request.rawPath());
        var host = request.host();
        for (int dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) {
            resources.add("/" + host.substring(0, dot) + request.rawPath());
        }
        return resources.stream()
                .map(resource -> stringToSign(request, resource))
                .toList();
    }

    private String stringToSign(Request request, String resource) {
        var query = request.query();
        return request.method() + "\n"
                + value("Content-MD5", request, query) + "\n"
                + value("Content-Type", request, query) + "\n"
                + expires.getEpochSecond() + "\n"
                + amazonHeaders(request, query)
                + resource
                + parameters(query);
    }

    /** A header; boto3 puts those that it signs into the query. */
    private static String value(String name, Request request, Query query) {
        var header = request.headers().first(name);
        var parameter = query.first(name.toLowerCase(Locale.ROOT));
        return header != null ? header : parameter != null ? parameter : "";
    }

    private static String amazonHeaders(Request request, Query query) {
        Map<String, String> headers = new TreeMap<>();
        query.forEach(parameter -> {
            if (parameter.name().startsWith("x-amz-")) {
                headers.put(parameter.name(), parameter.value());
            }
        });
        request.headers().withPrefix("x-amz-").forEach((name, value) -> headers.put("x-amz-" + name, value));
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
    }

    private static String parameters(Query query) {
        var signed = Stream.<String>builder();
        query.forEach(parameter -> {
            if (SIGNED_PARAMETERS.contains(parameter.name())) {
                signed.add(parameter.name() + (parameter.value().isEmpty() ? "" : "=" + parameter.value()));
            }
        });
        var joined = signed.build().sorted().collect(Collectors.joining("&"));
        return joined.isEmpty() ? "" : "?" + joined;
    }

    /** The signature of a string, as it stands in the query. */
    static String sign(String secret, String stringToSign) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
