package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.LoggingEnabled;

class BucketLoggingTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void bucketWithoutOneHasAnEmptyStatus() throws IOException {
        var bucket = S3.bucket();

        assertThat(S3.client().getBucketLogging(r -> r.bucket(bucket)).loggingEnabled())
                .isNull();
        assertThat(S3.send("GET", "/" + bucket + "?logging").text()).contains("<BucketLoggingStatus xmlns=");
    }

    @Test
    void whatIsSetIsGivenBackUntilItIsTurnedOff() {
        var bucket = S3.bucket();
        var target = S3.bucket();
        var logging = LoggingEnabled.builder()
                .targetBucket(target)
                .targetPrefix("log/")
                .targetGrants(g -> g.permission("READ")
                        .grantee(w -> w.type("Group").uri("http://acs.amazonaws.com/groups/global/AllUsers")))
                .build();

        S3.client().putBucketLogging(r -> r.bucket(bucket).bucketLoggingStatus(s -> s.loggingEnabled(logging)));

        assertThat(S3.client().getBucketLogging(r -> r.bucket(bucket)).loggingEnabled())
                .isEqualTo(logging);
        S3.client().putBucketLogging(r -> r.bucket(bucket).bucketLoggingStatus(s -> {}));
        assertThat(S3.client().getBucketLogging(r -> r.bucket(bucket)).loggingEnabled())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<LoggingEnabled><TargetPrefix/></LoggingEnabled> | MalformedXML",
                "<LoggingEnabled><TargetBucket>no-such-bucket</TargetBucket><TargetPrefix/></LoggingEnabled> | InvalidTargetBucketForLogging"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<BucketLoggingStatus>" + content + "</BucketLoggingStatus>";

        var reply = put(S3, S3.bucket(), "logging", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
