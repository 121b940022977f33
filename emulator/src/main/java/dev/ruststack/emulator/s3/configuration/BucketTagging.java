package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The tags of a bucket. AWS: S3 API Reference, PutBucketTagging. */
@XmlName("Tagging")
public record BucketTagging(List<Tag> tagSet) {
    public static final ConfigurationKind<BucketTagging> KIND = new ConfigurationKind<>("tagging", BucketTagging.class);

    /** Counts as none. */
    public static final BucketTagging NONE = new BucketTagging(List.of());

    private static final int MAX_TAGS = 50;
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    public BucketTagging {
        tagSet = Check.list(tagSet);
    }

    /** The document, where S3 takes it. */
    public BucketTagging checked() {
        var keys = new HashSet<String>();
        for (var tag : tagSet) {
            if (!keys.add(tag.key())) {
                throw invalid("Cannot provide multiple Tags with the same key", tag.key());
            }
            if (tag.key().startsWith("aws:")) {
                throw S3Error.INVALID_TAG.saying("System tags cannot be added/updated by requester");
            }
            if (!KEY.matcher(tag.key()).matches()) {
                throw invalid("The TagKey you have provided is invalid", tag.key());
            }
            if (!VALUE.matcher(tag.value()).matches()) {
                throw S3Error.INVALID_TAG
                        .saying("The TagValue you have provided is invalid")
                        .with("TagKey", tag.key())
                        .with("TagValue", tag.value());
            }
        }
        if (tagSet.size() > MAX_TAGS) {
            throw S3Error.BAD_REQUEST.saying("Bucket tag count cannot be greater than 50");
        }
        return this;
    }

    private static AwsException invalid(String text, String key) {
        return S3Error.INVALID_TAG.saying(text).with("TagKey", key);
    }
}
