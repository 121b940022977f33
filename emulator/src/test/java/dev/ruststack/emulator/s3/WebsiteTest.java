package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

class WebsiteTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @RegisterExtension
    static final S3Fixture STRICT = S3Fixture.enforcing();

    private static String site(Consumer<WebsiteConfiguration.Builder> settings) {
        var bucket = S3.bucket();
        S3.put(bucket, "index.html", "home");
        S3.put(bucket, "docs/index.html", "docs");
        S3.put(bucket, "error.html", "sorry");
        S3.client().putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(settings));
        return bucket;
    }

    private static Reply get(String bucket, String path) throws IOException {
        return send("GET", bucket + ".s3-website.localhost", path);
    }

    private static Reply send(String method, String host, String path) throws IOException {
        return S3.send(method, path, Map.of("Host", host), new byte[0]);
    }

    @Test
    void foldersHaveAnIndex() throws IOException {
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")));

        assertThat(get(bucket, "/").text()).isEqualTo("home");
        assertThat(get(bucket, "/docs/").text()).isEqualTo("docs");
        assertThat(get(bucket, "/docs/index.html").text()).isEqualTo("docs");
        var folder = get(bucket, "/docs");
        assertThat(folder.status()).isEqualTo(302);
        assertThat(folder.header("Location")).isEqualTo("/docs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3-website", "s3-website-eu-central-1", "s3-website.us-east-1"})
    void theHostMayNameTheRegion(String label) throws IOException {
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")));

        assertThat(send("GET", bucket + "." + label + ".localhost:4566", "/").text())
                .isEqualTo("home");
    }

    @Test
    void whatIsNotThereIsAPage() throws IOException {
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")));

        var missing = get(bucket, "/a<b");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(missing.header("x-amz-error-code")).isEqualTo("NoSuchKey");
        assertThat(missing.text())
                .startsWith("<html>\n<head><title>404 Not Found</title></head>\n<body>\n<h1>404 Not Found</h1>\n<ul>\n"
                        + "<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n"
                        + "<li>Key: a&lt;b</li>\n<li>RequestId: ");
        assertThat(get("no-such-bucket", "/").text()).contains("<li>Code: NoSuchBucket</li>");
        assertThat(get(S3.bucket(), "/").text()).contains("<li>Code: NoSuchWebsiteConfiguration</li>");
        assertThat(send("PUT", bucket + ".s3-website.localhost", "/a").status()).isEqualTo(405);
        assertThat(send("HEAD", bucket + ".s3-website.localhost", "/a").body()).isEmpty();
    }

    @Test
    void theErrorDocumentStandsInWithTheErrorsStatus() throws IOException {
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")).errorDocument(e -> e.key("error.html")));

        var missing = get(bucket, "/missing");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("sorry");
    }

    @Test
    void everyRequestMayBeSentElsewhere() throws IOException {
        var bucket =
                site(w -> w.redirectAllRequestsTo(r -> r.hostName("example.com").protocol("https")));

        var reply = get(bucket, "/a%20b?c=d");

        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).isEqualTo("https://example.com/a%20b?c=d");
    }

    @Test
    void routingRulesRedirect() throws IOException {
        var moved = RoutingRule.builder()
                .condition(c -> c.keyPrefixEquals("old/"))
                .redirect(r -> r.replaceKeyPrefixWith("new/").httpRedirectCode("302"))
                .build();
        var missing = RoutingRule.builder()
                .condition(c -> c.httpErrorCodeReturnedEquals("404"))
                .redirect(r -> r.hostName("example.com").protocol("https").replaceKeyWith("missing"))
                .build();
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")).routingRules(List.of(moved, missing)));

        var prefix = get(bucket, "/old/page");
        var error = get(bucket, "/nowhere");

        assertThat(prefix.status()).isEqualTo(302);
        assertThat(prefix.header("Location")).isEqualTo("http://" + bucket + ".s3-website.localhost/new/page");
        assertThat(error.status()).isEqualTo(301);
        assertThat(error.header("Location")).isEqualTo("https://example.com/missing");
        assertThat(get(bucket, "/").text()).isEqualTo("home");
    }

    @Test
    void anObjectMaySendElsewhere() throws IOException {
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")));
        S3.client()
                .putObject(
                        r -> r.bucket(bucket).key("go").websiteRedirectLocation("/docs/"), RequestBody.fromString(""));

        var reply = get(bucket, "/go");

        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).isEqualTo("/docs/");
    }

    @Test
    void conditionsAndRangesHold() throws IOException {
        var bucket = site(w -> w.indexDocument(i -> i.suffix("index.html")));
        var etag = get(bucket, "/").header("ETag");
        var host = bucket + ".s3-website.localhost";

        var same = S3.send("GET", "/", Map.of("Host", host, "If-None-Match", String.valueOf(etag)), new byte[0]);
        var range = S3.send("GET", "/", Map.of("Host", host, "Range", "bytes=1-2"), new byte[0]);

        assertThat(same.status()).isEqualTo(304);
        assertThat(range.text()).isEqualTo("om");
    }

    @Test
    void whereSignaturesAreVerifiedTheSiteMustBePublic() throws IOException {
        var bucket = STRICT.bucket();
        STRICT.put(bucket, "index.html", "home");
        STRICT.client()
                .putBucketWebsite(
                        r -> r.bucket(bucket).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("index.html"))));
        var host = Map.of("Host", bucket + ".s3-website.localhost");

        assertThat(STRICT.send("GET", "/", host, new byte[0]).text()).contains("<li>Code: AccessDenied</li>");
        STRICT.client().deletePublicAccessBlock(r -> r.bucket(bucket));
        STRICT.client()
                .putBucketPolicy(r -> r.bucket(bucket)
                        .policy("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
                                + "\"Resource\":\"arn:aws:s3:::" + bucket + "/*\"}}"));
        assertThat(STRICT.send("GET", "/", host, new byte[0]).text()).isEqualTo("home");
    }
}
