package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.code;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.put;
import static dev.ruststack.emulator.s3.operations.ConfigurationAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.ReplicationConfiguration;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;

class BucketReplicationTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void whatIsSetIsGivenBack() {
        var bucket = S3.bucket();
        var target = S3.bucket();
        var configuration = ReplicationConfiguration.builder()
                .role("arn:aws:iam::000000000000:role/replication")
                .rules(rule -> rule.id("one")
                        .priority(1)
                        .status(ReplicationRuleStatus.ENABLED)
                        .filter(f -> f.prefix("a/"))
                        .deleteMarkerReplication(d -> d.status(DeleteMarkerReplicationStatus.DISABLED))
                        .destination(d -> d.bucket("arn:aws:s3:::" + target)))
                .build();

        refused(
                400,
                "InvalidRequest",
                () -> S3.client().putBucketReplication(r -> r.bucket(bucket).replicationConfiguration(configuration)));
        for (var each : List.of(bucket, target)) {
            S3.client()
                    .putBucketVersioning(
                            r -> r.bucket(each).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        }
        S3.client().putBucketReplication(r -> r.bucket(bucket).replicationConfiguration(configuration));

        assertThat(S3.client().getBucketReplication(r -> r.bucket(bucket)).replicationConfiguration())
                .isEqualTo(configuration);
        S3.client().deleteBucketReplication(r -> r.bucket(bucket));
        refused(
                404,
                "ReplicationConfigurationNotFoundError",
                () -> S3.client().getBucketReplication(r -> r.bucket(bucket)));
    }

    @Test
    void bucketWithoutOneSaysSo() {
        var bucket = S3.bucket();

        refused(
                404,
                "ReplicationConfigurationNotFoundError",
                () -> S3.client().getBucketReplication(r -> r.bucket(bucket)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "<Role>r</Role> | MalformedXML",
                "<Rule><Status>Enabled</Status><Prefix/><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule> | MalformedXML",
                "<Role>r</Role><Rule><Status>Enabled</Status><Prefix/><Destination><Bucket>b</Bucket></Destination></Rule> | InvalidArgument",
                "<Role>r</Role><Rule><Status>Enabled</Status><Prefix/><Destination><Bucket>arn:aws:s3:::no-such-bucket</Bucket></Destination></Rule> | InvalidRequest",
                "<Role>r</Role><Rule><Status>Enabled</Status><Priority>1</Priority><Filter/><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule> | InvalidRequest"
            })
    void documentsThatS3DoesNotTakeAreRefused(String content, String code) throws IOException {
        var document = "<ReplicationConfiguration>" + content + "</ReplicationConfiguration>";

        var reply = put(S3, S3.bucket(), "replication", document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }
}
