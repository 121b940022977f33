package dev.ruststack.emulator.dynamodb;

import java.util.regex.Pattern;

/**
 * The tables of one account in one region. DynamoDB Local keeps one for each access key and region that it is called
 * with, so the account goes in the place of the key.
 */
record DataSet(String accountId, String region) {
    /** What DynamoDB Local names everything by, for every caller. */
    private static final String LOCAL_ARN = "arn:aws:dynamodb:ddblocal:000000000000:";

    /** Checked for what it may break: it goes into a header. */
    private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9-]{1,64}");

    DataSet {
        if (!REGION.matcher(region).matches()) {
            throw DynamoDbError.INVALID_SIGNATURE.saying("Credential should be scoped to a valid region.");
        }
    }

    /** The value of an Authorization header for DynamoDB Local, which does not verify it. */
    String authorization() {
        return "AWS4-HMAC-SHA256 Credential=" + accountId + "/20120810/" + region
                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
    }

    /** {@code arn:aws:dynamodb:us-east-1:123456789012:}. */
    String arnPrefix() {
        return "arn:" + partition() + ":dynamodb:" + region + ":" + accountId + ":";
    }

    String tableArn(String table) {
        return arnPrefix() + "table/" + table;
    }

    /** A text of DynamoDB Local with the real region and account in its ARNs. */
    String fromLocal(String text) {
        return text.replace(LOCAL_ARN, arnPrefix());
    }

    /** The name that DynamoDB Local has for an ARN of this data set. */
    String toLocal(String arn) {
        return arn.startsWith(arnPrefix())
                ? LOCAL_ARN + arn.substring(arnPrefix().length())
                : arn;
    }

    String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
