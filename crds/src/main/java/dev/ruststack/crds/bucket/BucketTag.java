package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** A tag of a bucket or an object. AWS: S3 API Reference, Tag. */
@Bindable
public record BucketTag(
        @Required
        @Text(min = 1, max = 128, pattern = BucketTag.CHARACTERS, means = BucketTag.MEANING)
        @Description("Key of the tag.")
        String key,

        @Required @Text(max = 256, pattern = BucketTag.CHARACTERS, means = BucketTag.MEANING) @Description("Its value.")
        String value) {
    static final String CHARACTERS = "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*";
    static final String MEANING = "letters, digits, spaces and _ . : / = + @ -";
}
