package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AwsException;
import java.util.regex.Pattern;

/** Takes the names of tables out of the ARNs that AWS takes in their place, which DynamoDB Local does not everywhere. */
final class TableName {
    private static final Pattern TABLE_ARN =
            Pattern.compile("arn:[a-z-]+:dynamodb:([a-zA-Z0-9-]+):([0-9]{12}):table/([a-zA-Z0-9_.-]+)(/.*)?");

    private TableName() {}

    /**
     * The name of the table that {@code nameOrArn} names; a name is itself, and so is what is neither.
     *
     * @throws AwsException where the ARN is that of another account or region
     */
    static String of(String nameOrArn, String operation, DataSet caller) {
        var arn = TABLE_ARN.matcher(nameOrArn);
        if (!arn.matches()) {
            return nameOrArn;
        }
        if (!arn.group(2).equals(caller.accountId())) {
            throw DynamoDbError.ACCESS_DENIED.saying("User: arn:" + caller.partition() + ":iam::" + caller.accountId()
                    + ":root is not authorized to perform: dynamodb:" + operation + " on resource: " + nameOrArn
                    + " because no resource-based policy allows the dynamodb:" + operation + " action");
        }
        if (!arn.group(1).equals(caller.region())) {
            throw DynamoDbError.VALIDATION.saying(
                    "The ARN " + nameOrArn + " is not in the region of the request, " + caller.region() + ".");
        }
        return arn.group(3);
    }
}
