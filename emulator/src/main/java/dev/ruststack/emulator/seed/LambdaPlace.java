package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.Destination;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where functions are made.
 *
 * @param dynamoDb null where the stack has none
 */
record LambdaPlace(Calls lambda, @Nullable Calls dynamoDb, String region, String accountId) {
    private static final String BUCKET = "arn:aws:s3:::";

    String functionArn(String name) {
        return "arn:aws:lambda:" + region + ":" + accountId + ":function:" + name;
    }

    /** The ARN that a destination says or means. */
    String arn(Destination destination) {
        return arn(destination.destination(), destination.function(), destination.bucket());
    }

    /** The one of these that is given, as an ARN. */
    String arn(@Nullable String arn, @Nullable String function, @Nullable String bucket) {
        if (arn != null) {
            return arn;
        }
        return function == null ? BUCKET + Objects.requireNonNullElse(bucket, "") : functionArn(function);
    }

    /** The ARN of a table's stream. */
    String streamArn(String table) throws SeedException, IOException {
        if (dynamoDb == null) {
            throw new SeedException("the stack has no DynamoDB (spec.dynamodb.mode: Disabled)");
        }
        var named = Calls.JSON.createObjectNode().put("TableName", table);
        var described = dynamoDb.dynamoDb("DescribeTable", named);
        var stream = Calls.read(Calls.require(described, "DescribeTable"))
                .path("Table")
                .path("LatestStreamArn")
                .asString("");
        if (stream.isEmpty()) {
            throw new SeedException("table " + table + " has no stream");
        }
        return stream;
    }

    /** A part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
