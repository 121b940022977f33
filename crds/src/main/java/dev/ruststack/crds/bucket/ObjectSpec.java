package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a bucket. AWS: S3 API Reference, PutObject. */
@Bindable
public record ObjectSpec(
        @Required @Text(min = 1, max = 1024) @Description("Key of the object.")
        String key,

        @Description("Its Content-Type. Absent: binary/octet-stream, as S3 has it.") @Nullable @Text(min = 1, max = 256)
        String contentType,

        @Description("User metadata, without the prefix x-amz-meta-.") @Size(max = 64)
        Map<
                        @Text(min = 1, max = 128, pattern = "[A-Za-z0-9!#$%&'*+.^_|~-]+", means = "an HTTP header name")
                        String,
                        @Text(max = 2048) String>
                metadata,

        @Required @Description("What the object holds.") Content content) {
    public ObjectSpec {
        metadata = Absent.asEmpty(metadata);
    }
}
