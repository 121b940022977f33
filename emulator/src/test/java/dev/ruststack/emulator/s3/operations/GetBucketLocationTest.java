package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;

class GetBucketLocationTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @Test
    void usEast1HasNoConstraint() throws IOException {
        var location = S3.send("GET", "/" + S3.bucket() + "?location");

        assertThat(location.header("Content-Type")).isEqualTo("application/xml");
        assertThat(location.text())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
    }

    @Test
    void otherRegionsAreTold() {
        try (var client = S3.in(Region.EU_CENTRAL_1)) {
            client.createBucket(r -> r.bucket("in-frankfurt"));

            assertThat(client.getBucketLocation(r -> r.bucket("in-frankfurt")).locationConstraint())
                    .isEqualTo(BucketLocationConstraint.EU_CENTRAL_1);
        }
    }
}
