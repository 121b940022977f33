package dev.ruststack.emulator.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable table = new RouteTable(List.of(
            Route.parse("ListBuckets", "GET /", ""),
            Route.parse("ListObjects", "GET /{Bucket}", ""),
            Route.parse("ListObjectsV2", "GET /{Bucket}?list-type=2", ""),
            Route.parse("GetObject", "GET /{Bucket}/{Key+}", ""),
            Route.parse("GetObjectTagging", "GET /{Bucket}/{Key+}?tagging", ""),
            Route.parse("PutObject", "PUT /{Bucket}/{Key+}", ""),
            Route.parse("CopyObject", "PUT /{Bucket}/{Key+}", "x-amz-copy-source"),
            Route.parse("UploadPart", "PUT /{Bucket}/{Key+}?partNumber&uploadId", ""),
            Route.parse("ListFunctions", "GET /2015-03-31/functions/", "")));

    private String found(String method, String target, String... headers) {
        var parts = target.split("\\?", 2);
        var request = new Request(
                method,
                parts[0],
                parts.length > 1 ? parts[1] : "",
                Headers.of(headers),
                RequestBody.of(new byte[0]),
                InetSocketAddress.createUnresolved("c", 1),
                false);
        var match = table.find(request, request.query());
        return match == null ? "none" : match.route().operation() + " " + new java.util.TreeMap<>(match.labels());
    }

    @Test
    void pathsAreMatchedBySegments() {
        assertThat(found("GET", "/")).isEqualTo("ListBuckets {}");
        assertThat(found("GET", "/b")).isEqualTo("ListObjects {Bucket=b}");
        assertThat(found("GET", "/b/")).isEqualTo("ListObjects {Bucket=b}");
        assertThat(found("GET", "/2015-03-31/functions")).isEqualTo("ListFunctions {}");
        assertThat(found("DELETE", "/")).isEqualTo("none");
    }

    @Test
    void keysKeepTheirSlashesAndAreDecodedOnce() {
        assertThat(found("GET", "/b//a%2Fb%2525/")).isEqualTo("GetObject {Bucket=b, Key=/a/b%25/}");
        assertThat(found("GET", "/b/../x")).isEqualTo("GetObject {Bucket=b, Key=../x}");
        assertThat(found("GET", "/b/a+b")).isEqualTo("GetObject {Bucket=b, Key=a+b}");
    }

    @Test
    void theMostSpecificRouteWins() {
        assertThat(found("GET", "/b?list-type=2&prefix=x")).startsWith("ListObjectsV2");
        assertThat(found("GET", "/b?list-type=1")).startsWith("ListObjects ");
        assertThat(found("GET", "/b/k?tagging")).startsWith("GetObjectTagging");
        assertThat(found("GET", "/b/k?tagging=")).startsWith("GetObjectTagging");
        assertThat(found("PUT", "/b/k", "X-Amz-Copy-Source", "/a/b")).startsWith("CopyObject");
        assertThat(found("PUT", "/b/k?partNumber=1&uploadId=u")).startsWith("UploadPart");
        assertThat(found("PUT", "/b/k?partNumber=1")).startsWith("PutObject");
    }
}
