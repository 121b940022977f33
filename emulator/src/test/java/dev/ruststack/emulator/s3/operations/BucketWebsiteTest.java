package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

class BucketWebsiteTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();
        var rule = RoutingRule.builder()
                .condition(c -> c.keyPrefixEquals("docs/").httpErrorCodeReturnedEquals("404"))
                .redirect(r -> r.replaceKeyPrefixWith("documents/").httpRedirectCode("302"))
                .build();
        var website = WebsiteConfiguration.builder()
                .indexDocument(i -> i.suffix("index.html"))
                .errorDocument(e -> e.key("error.html"))
                .routingRules(rule)
                .build();

        S3.client().putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(website));

        var got = S3.client().getBucketWebsite(r -> r.bucket(bucket));
        assertThat(got.indexDocument()).isEqualTo(website.indexDocument());
        assertThat(got.errorDocument()).isEqualTo(website.errorDocument());
        assertThat(got.routingRules()).containsExactly(rule);
        assertThat(got.redirectAllRequestsTo()).isNull();
    }

    @Test
    void bucketWithoutOneSaysSo() {
        var bucket = S3.bucket();

        refused(404, "NoSuchWebsiteConfiguration", () -> S3.client().getBucketWebsite(r -> r.bucket(bucket)));
    }

    @Test
    void whatIsRemovedIsGone() {
        var bucket = S3.bucket();
        S3.client()
                .putBucketWebsite(r -> r.bucket(bucket).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("i"))));

        S3.client().deleteBucketWebsite(r -> r.bucket(bucket));
        S3.client().deleteBucketWebsite(r -> r.bucket(bucket));

        refused(404, "NoSuchWebsiteConfiguration", () -> S3.client().getBucketWebsite(r -> r.bucket(bucket)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<ErrorDocument><Key>e</Key></ErrorDocument> | InvalidArgument",
                "<IndexDocument><Suffix>a/b</Suffix></IndexDocument> | InvalidArgument",
                "<IndexDocument><Suffix></Suffix></IndexDocument> | InvalidArgument",
                "<IndexDocument><Suffix>i</Suffix></IndexDocument><RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo> | InvalidArgument",
                "<RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo> | MalformedXML",
                "<RedirectAllRequestsTo><HostName>h</HostName><Protocol>ftp</Protocol></RedirectAllRequestsTo> | InvalidRequest",
                "<IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules></RoutingRules> | MalformedXML",
                "<IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules><RoutingRule><Redirect><ReplaceKeyWith>a</ReplaceKeyWith><ReplaceKeyPrefixWith>b</ReplaceKeyPrefixWith></Redirect></RoutingRule></RoutingRules> | InvalidRequest",
                "<IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules><RoutingRule><Redirect><HttpRedirectCode>300</HttpRedirectCode></Redirect></RoutingRule></RoutingRules> | InvalidRequest",
                "<IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules><RoutingRule><Condition><HttpErrorCodeReturnedEquals>301</HttpErrorCodeReturnedEquals></Condition><Redirect><HostName>h</HostName></Redirect></RoutingRule></RoutingRules> | InvalidRequest"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<WebsiteConfiguration>" + content + "</WebsiteConfiguration>";

        var reply = put(S3, S3.bucket(), "website", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
