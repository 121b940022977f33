package dev.ruststack.emulator.s3.fuzz;

import static dev.ruststack.emulator.s3.fuzz.FuzzedS3.BUCKET;

import dev.ruststack.emulator.aws.wire.KnownRoutes;
import dev.ruststack.emulator.aws.wire.Route;
import dev.ruststack.emulator.s3.S3Service;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Well-formed requests of every operation, with parameters and headers that mean little. */
class RequestFuzzTest {
    @RegisterExtension
    static final FuzzedS3 S3 = new FuzzedS3();

    private static final List<Route> ROUTES = KnownRoutes.of(S3Service.class);

    private static final List<String> PARAMETERS = List.of(
            "max-keys",
            "marker",
            "prefix",
            "delimiter",
            "encoding-type",
            "continuation-token",
            "start-after",
            "fetch-owner",
            "list-type",
            "uploadId",
            "partNumber",
            "part-number-marker",
            "max-parts",
            "versionId",
            "key-marker",
            "version-id-marker",
            "upload-id-marker",
            "max-uploads",
            "max-buckets",
            "id",
            "x-id",
            "response-content-type",
            "response-expires",
            "X-Amz-Signature",
            "X-Amz-Expires",
            "X-Amz-Date",
            "X-Amz-Credential",
            "X-Amz-SignedHeaders",
            "X-Amz-Algorithm",
            "AWSAccessKeyId",
            "Signature",
            "Expires");

    private static final List<String> HEADERS = List.of(
            "Range",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "If-Unmodified-Since",
            "Content-Type",
            "Content-Encoding",
            "Content-MD5",
            "Expires",
            "Origin",
            "Access-Control-Request-Method",
            "Authorization",
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-acl",
            "x-amz-grant-read",
            "x-amz-bucket-object-lock-enabled",
            "x-amz-bypass-governance-retention",
            "x-amz-checksum-algorithm",
            "x-amz-checksum-crc32",
            "x-amz-checksum-mode",
            "x-amz-checksum-sha256",
            "x-amz-checksum-type",
            "x-amz-copy-source",
            "x-amz-copy-source-if-match",
            "x-amz-copy-source-if-modified-since",
            "x-amz-copy-source-range",
            "x-amz-copy-source-server-side-encryption-customer-key",
            "x-amz-expected-bucket-owner",
            "x-amz-max-parts",
            "x-amz-meta-name",
            "x-amz-metadata-directive",
            "x-amz-mp-object-size",
            "x-amz-object-attributes",
            "x-amz-object-lock-legal-hold",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-part-number-marker",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-server-side-encryption-context",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-server-side-encryption-customer-key",
            "x-amz-server-side-encryption-customer-key-MD5",
            "x-amz-storage-class",
            "x-amz-tagging",
            "x-amz-tagging-directive",
            "x-amz-transition-default-minimum-object-size",
            "x-amz-website-redirect-location");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "1",
            "-1",
            "2147483648",
            "99999999999999999999",
            "1e3",
            "true",
            "null",
            "url",
            "*",
            "\"",
            "\"\"",
            ",",
            "/",
            "=",
            "a=b&a=b",
            "%",
            "%zz",
            "%00",
            "\u00e4",
            "\u00ff\u00fe",
            BUCKET + "/key",
            "/" + BUCKET + "/key?versionId=null",
            "AES256",
            "aws:kms",
            "CRC32",
            "AAAAAA==",
            "COPY",
            "REPLACE",
            "GOVERNANCE",
            "ON",
            "ETag,ObjectParts",
            "bytes=0-1",
            "bytes=1-0,-",
            "Mon, 01 Jan 2024 00:00:00 GMT",
            "Mon, 32 Foo 99999 00:00:00 GMT",
            "20260101T000000Z",
            "99999999T999999Z",
            "2026-01-01T00:00:00Z",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=;, Signature=",
            "AWS a:b",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "multipart/form-data; boundary=",
            "id=\"x\", uri=\"y\"",
            "x".repeat(5_000));

    @Test
    void everyOperationAnswersWhateverIsAsked() {
        Fuzz.run(2_000, random -> {
            var route = ROUTES.get(random.nextInt(ROUTES.size()));
            var headers = new LinkedHashMap<String, String>();
            for (int i = random.nextInt(4); i > 0; i--) {
                headers.put(
                        HEADERS.get(random.nextInt(HEADERS.size())),
                        value(random).replaceAll("[\r\n]", ""));
            }
            if (random.nextInt(3) == 0 && !route.header().isEmpty()) {
                headers.put(route.header(), BUCKET + "/key");
            }
            send(route, target(route, random), headers, random);
        });
    }

    private static void send(Route route, String target, Map<String, String> headers, Random random)
            throws IOException {
        var body = random.nextInt(3) == 0 ? value(random).getBytes(StandardCharsets.UTF_8) : new byte[0];
        S3.send(route.method(), target, headers, body);
    }

    private static String value(Random random) {
        var value = VALUES.get(random.nextInt(VALUES.size()));
        return random.nextInt(4) == 0 ? new Mutations(random, VALUES).of(value) : value;
    }

    private static String target(Route route, Random random) {
        var target = new StringBuilder();
        if (!route.segments().isEmpty()) {
            target.append('/').append(random.nextInt(8) == 0 ? encoded(value(random)) : BUCKET);
        }
        if (route.segments().size() > 1) {
            target.append('/').append(random.nextInt(3) == 0 ? encoded(value(random)) : "key");
        }
        if (target.isEmpty()) {
            target.append('/');
        }
        char separator = '?';
        for (var literal : route.literals()) {
            target.append(separator).append(literal.name());
            if (!literal.value().isEmpty()) {
                target.append('=').append(literal.value());
            }
            separator = '&';
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            var name = PARAMETERS.get(random.nextInt(PARAMETERS.size()));
            var value = value(random);
            boolean raw = random.nextInt(10) == 0 && value.matches("[!-~]*");
            target.append(separator).append(name).append('=').append(raw ? value : encoded(value));
            separator = '&';
        }
        return target.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
