package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a bucket. AWS: S3 API Reference, PutObject. */
@Bindable
public record ObjectSpec(
        @Required @Text(min = 1, max = 1024) @Description("Key of the object.")
        String key,

        @Description("Its Content-Type. Absent: binary/octet-stream, as S3 has it.") @Nullable @Text(min = 1, max = 256)
        String contentType,

        @Description("Its Cache-Control.")
        @Nullable
        @Text(min = 1, max = 1024, pattern = ObjectSpec.LINE, means = ObjectSpec.LINE_MEANING)
        String cacheControl,

        @Description("Its Content-Disposition.")
        @Nullable
        @Text(min = 1, max = 1024, pattern = ObjectSpec.LINE, means = ObjectSpec.LINE_MEANING)
        String contentDisposition,

        @Description("Its Content-Encoding.")
        @Nullable
        @Text(min = 1, max = 256, pattern = ObjectSpec.LINE, means = ObjectSpec.LINE_MEANING)
        String contentEncoding,

        @Description("Its Content-Language.")
        @Nullable
        @Text(min = 1, max = 256, pattern = ObjectSpec.LINE, means = ObjectSpec.LINE_MEANING)
        String contentLanguage,

        @Description("Its Expires, as HTTP writes dates.")
        @Nullable
        @Text(min = 1, max = 64, pattern = ObjectSpec.LINE, means = ObjectSpec.LINE_MEANING)
        String expires,

        @Description("Its storage class. Absent: STANDARD.")
        @Nullable
        @OneOf({
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "DEEP_ARCHIVE",
            "GLACIER_IR"
        })
        String storageClass,

        @Description("Where a website sends on to instead of serving it.")
        @Nullable
        @Text(
                min = 1,
                max = 2048,
                pattern = "(/|https?://)[^\\r\\n]*",
                means = "a path with / or a URL with http:// or https://")
        String websiteRedirectLocation,

        @Description("Its tags.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 10) @Keyed("key")
        List<BucketTag> tags,

        @Description("User metadata, without the prefix x-amz-meta-.") @Size(max = 64)
        Map<
                        @Text(min = 1, max = 128, pattern = "[A-Za-z0-9!#$%&'*+.^_|~-]+", means = "an HTTP header name")
                        String,
                        @Text(max = 2048) String>
                metadata,

        @Required @Description("What the object holds.") Content content) {
    static final String LINE = "[^\\r\\n]*";
    static final String LINE_MEANING = "one line";

    public ObjectSpec {
        tags = Absent.asEmpty(tags);
        metadata = Absent.asEmpty(metadata);
    }
}
