package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Removes buckets and objects that are not declared. */
record ObjectPruner(Calls s3) {
    private static final Pattern VERSION =
            Pattern.compile("<Key>([^<]*)</Key><VersionId>([^<]*)</VersionId><IsLatest>([^<]*)</IsLatest>");
    private static final Pattern NAME = Pattern.compile("<Name>([^<]*)</Name>");

    /** The names of all buckets of the stack's account. */
    List<String> buckets() throws SeedException, IOException {
        return all(NAME, Calls.require(s3.call("GET", "/"), "ListBuckets").text());
    }

    /** Removes a bucket with all its objects. */
    void remove(String bucket) throws SeedException, IOException {
        prune(bucket, Set.of());
        Calls.require(s3.call("DELETE", "/" + bucket), "DeleteBucket");
    }

    /** Removes every object of a bucket but the current versions of these. */
    void prune(String bucket, Set<String> keys) throws SeedException, IOException {
        // Retention of mode GOVERNANCE is the stack's to pass over; S3 takes the header for locked buckets only.
        var headers = s3.call("GET", "/" + bucket + "?object-lock").ok()
                ? Headers.of("x-amz-bypass-governance-retention", "true")
                : Headers.empty();
        var marker = "";
        while (true) {
            var page = Calls.require(
                            s3.call("GET", "/" + bucket + "?versions&encoding-type=url" + marker), "ListObjectVersions")
                    .text();
            var matcher = VERSION.matcher(page);
            while (matcher.find()) {
                var key = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
                var id = matcher.group(2);
                marker = "&key-marker=" + encoded(key) + "&version-id-marker=" + id;
                if (!keys.contains(key) || matcher.group(3).equals("false")) {
                    remove(bucket, key, id, headers);
                }
            }
            if (!page.contains("<IsTruncated>true</IsTruncated>")) {
                return;
            }
        }
    }

    private void remove(String bucket, String key, String id, Headers headers) throws SeedException, IOException {
        var target = "/" + bucket + "/" + PercentEncoding.encodePath(key) + "?versionId=" + id;
        Calls.require(s3.call("DELETE", target, headers, RequestBody.of(new byte[0])), "DeleteObject " + key);
    }

    private static String encoded(String key) {
        return PercentEncoding.encodePath(key).replace("+", "%2B").replace("&", "%26");
    }

    private static List<String> all(Pattern pattern, String document) {
        var all = new ArrayList<String>();
        var matcher = pattern.matcher(document);
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }
}
