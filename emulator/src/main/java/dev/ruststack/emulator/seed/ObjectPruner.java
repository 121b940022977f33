package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.http.PercentEncoding;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Removes buckets and objects that are not declared. */
record ObjectPruner(Calls s3) {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
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

    /** Removes every object of a bucket but these. */
    void prune(String bucket, Set<String> keys) throws SeedException, IOException {
        var after = "";
        while (true) {
            var page = Calls.require(
                            s3.call(
                                    "GET",
                                    "/" + bucket + "?list-type=2&encoding-type=url&start-after=" + encoded(after)),
                            "ListObjectsV2")
                    .text();
            var found = all(KEY, page);
            for (var key : found) {
                after = URLDecoder.decode(key, StandardCharsets.UTF_8);
                if (!keys.contains(after)) {
                    Calls.require(
                            s3.call("DELETE", "/" + bucket + "/" + PercentEncoding.encodePath(after)),
                            "DeleteObject " + after);
                }
            }
            if (!page.contains("<IsTruncated>true</IsTruncated>") || found.isEmpty()) {
                return;
            }
        }
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
