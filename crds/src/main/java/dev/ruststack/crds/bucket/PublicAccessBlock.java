package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;

/**
 * What keeps a bucket from being public. A bucket for which nothing is declared blocks all of it, as new buckets of S3
 * do. AWS: S3 API Reference, PublicAccessBlockConfiguration.
 */
@Bindable
public record PublicAccessBlock(
        @Description("Whether public ACLs are refused.") @Default("false")
        Boolean blockPublicAcls,

        @Description("Whether public ACLs do not count.") @Default("false")
        Boolean ignorePublicAcls,

        @Description("Whether public policies are refused.") @Default("false")
        Boolean blockPublicPolicy,

        @Description("Whether a public policy counts for the stack's own account only.") @Default("false")
        Boolean restrictPublicBuckets) {
    public PublicAccessBlock {
        blockPublicAcls = Absent.as(blockPublicAcls, false);
        ignorePublicAcls = Absent.as(ignorePublicAcls, false);
        blockPublicPolicy = Absent.as(blockPublicPolicy, false);
        restrictPublicBuckets = Absent.as(restrictPublicBuckets, false);
    }
}
