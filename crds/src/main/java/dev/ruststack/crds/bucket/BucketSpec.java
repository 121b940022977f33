package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;

/** One S3 bucket with its first objects. AWS: S3 User Guide, General purpose bucket naming rules. */
@Bindable
@CelRule(
        rule =
                "!self.name.contains('..') && !self.name.matches('^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$') && !self.name.startsWith('xn--') && !self.name.startsWith('sthree-') && !self.name.endsWith('-s3alias') && !self.name.endsWith('--ol-s3')",
        message =
                "S3 refuses names with '..', names like an IP address, and the prefixes xn--, sthree- and suffixes -s3alias, --ol-s3")
public record BucketSpec(
        @Required
        @Text(
                min = 3,
                max = 63,
                pattern = "[a-z0-9][a-z0-9.-]*[a-z0-9]",
                means = "lower-case letters, digits, '.' and '-', beginning and ending with a letter or digit")
        @Description("Name of the bucket.")
        String name,

        @Description("Objects that are written out here.") @Size(max = 200) @Keyed("key")
        List<ObjectSpec> objects,

        @Description("Objects taken from elsewhere, many at a time.") @Size(max = 32)
        List<ObjectsFrom> objectsFrom) {
    public BucketSpec {
        objects = Absent.asEmpty(objects);
        objectsFrom = Absent.asEmpty(objectsFrom);
    }
}
