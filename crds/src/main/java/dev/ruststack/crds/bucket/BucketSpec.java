package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One S3 bucket: how it is set up, and its first objects. A setting that is not declared is that of a new bucket, and its
 * users' to change. AWS: S3 User Guide, General purpose bucket naming rules.
 */
@Bindable
@CelRule(
        rule =
                "!self.name.contains('..') && !self.name.matches('^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$') && !self.name.startsWith('xn--') && !self.name.startsWith('sthree-') && !self.name.endsWith('-s3alias') && !self.name.endsWith('--ol-s3')",
        message =
                "S3 refuses names with '..', names like an IP address, and the prefixes xn--, sthree- and suffixes -s3alias, --ol-s3")
@CelRule(
        rule = "!has(self.objectLock) || !has(self.versioning) || self.versioning.status == 'Enabled'",
        message = BucketSpec.LOCK_RULE)
@CelRule(
        rule =
                "!has(self.acl) || self.acl == 'private' || (has(self.objectOwnership) && self.objectOwnership != 'BucketOwnerEnforced')",
        message = BucketSpec.ACL_RULE)
public record BucketSpec(
        @Required
        @Text(
                min = 3,
                max = 63,
                pattern = "[a-z0-9][a-z0-9.-]*[a-z0-9]",
                means = "lower-case letters, digits, '.' and '-', beginning and ending with a letter or digit")
        @Description("Name of the bucket.")
        String name,

        @Description("Whether it keeps older versions of its objects.") @Nullable
        Versioning versioning,

        @Description("Lets versions be locked; {} is enough. A bucket that has it keeps it.") @Nullable
        ObjectLock objectLock,

        @Description("How new objects are encrypted that do not say it. Absent: AES256.") @Nullable
        Encryption encryption,

        @Description("What keeps it from being public. Absent: all of it, as for a new bucket of S3.") @Nullable
        PublicAccessBlock publicAccessBlock,

        @Description("Who owns what others put, and whether ACLs count. Absent: BucketOwnerEnforced.")
        @Nullable
        @OneOf({OWNER_ENFORCED, "BucketOwnerPreferred", "ObjectWriter"})
        String objectOwnership,

        @Description("A canned ACL.")
        @Nullable
        @OneOf({PRIVATE, "public-read", "public-read-write", "authenticated-read", "log-delivery-write"})
        String acl,

        @Description("The policy: JSON, as text.")
        @Nullable
        @Text(min = 2, max = 20480, pattern = "\\s*\\{[\\s\\S]*\\}\\s*", means = "a JSON object, as text")
        String policy,

        @Description("Which pages of other origins may use it from a browser.") @Nullable
        Cors cors,

        @Description("How it is served as a website.") @Nullable
        Website website,

        @Description("What becomes of its objects with time.") @Nullable
        Lifecycle lifecycle,

        @Description("Which functions hear of what happens to its objects.") @Nullable
        Notification notification,

        @Description("Tags of the bucket.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 50) @Keyed("key")
        List<BucketTag> tags,

        @Description("Objects that are written out here.") @Size(max = 200) @Keyed("key")
        List<ObjectSpec> objects,

        @Description("Objects taken from elsewhere, many at a time.") @Size(max = 32)
        List<ObjectsFrom> objectsFrom) {
    public static final String PRIVATE = "private";
    public static final String OWNER_ENFORCED = "BucketOwnerEnforced";
    public static final String LOCK_RULE = "a bucket with objectLock has versioning Enabled";
    public static final String ACL_RULE =
            "acl needs objectOwnership BucketOwnerPreferred or ObjectWriter; with BucketOwnerEnforced, the default, ACLs do not count";

    public BucketSpec {
        tags = Absent.asEmpty(tags);
        objects = Absent.asEmpty(objects);
        objectsFrom = Absent.asEmpty(objectsFrom);
    }
}
