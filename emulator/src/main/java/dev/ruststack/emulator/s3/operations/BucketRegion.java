package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The region of a new bucket. AWS: S3 API Reference, CreateBucket (LocationConstraint). */
final class BucketRegion {
    /** The region that has no location constraint, and where creating a bucket twice is no error. */
    static final String FIRST = "us-east-1";

    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+");

    private static final Set<String> CONSTRAINTS = Set.of(
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "cn-north-1",
            "cn-northwest-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-2",
            "us-gov-east-1",
            "us-gov-west-1",
            "us-west-1",
            "us-west-2");

    private BucketRegion() {}

    /**
     * The region that a constraint, sent to the endpoint of a region, stands for. The endpoint of us-east-1 makes
     * buckets everywhere, that of any other region only its own.
     */
    static String of(@Nullable String constraint, String endpointRegion) {
        if (constraint == null || constraint.isEmpty()) {
            if (!NAME.matcher(endpointRegion).matches()) {
                throw wrong(endpointRegion);
            }
            if (!endpointRegion.equals(FIRST)) {
                throw S3Error.ILLEGAL_LOCATION_CONSTRAINT.error();
            }
            return FIRST;
        }
        var region = constraint.equals("EU") ? "eu-west-1" : constraint;
        if (!CONSTRAINTS.contains(region) && !region.equals(endpointRegion) || region.equals(FIRST)) {
            throw S3Error.INVALID_LOCATION_CONSTRAINT.with("LocationConstraint", constraint);
        }
        if (!endpointRegion.equals(FIRST) && !endpointRegion.equals(region)) {
            throw S3Error.ILLEGAL_LOCATION_CONSTRAINT.saying(
                    "The " + constraint
                            + " location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
        return region;
    }

    /** Clients such as s3cmd sign for a region of their own making, and for the one that this names after that. */
    private static AwsException wrong(String region) {
        return S3Error.AUTHORIZATION_HEADER_MALFORMED
                .saying("The authorization header is malformed; the region '" + region + "' is wrong; expecting '"
                        + FIRST + "'")
                .with("Region", FIRST);
    }
}
