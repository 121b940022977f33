package dev.ruststack.emulator.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation that AWS has. AWS: DynamoDB API Reference.
 *
 * @param target the value of {@code X-Amz-Target}, such as {@code DynamoDB_20120810.GetItem}
 */
record DynamoDbOperation(String name, String target, Handling handling) {
    private static final String DYNAMODB = "DynamoDB_20120810.";
    private static final String STREAMS = "DynamoDBStreams_20120810.";
    private static final Map<String, DynamoDbOperation> ALL = all();

    static final DynamoDbOperation DESCRIBE_TABLE =
            new DynamoDbOperation("DescribeTable", DYNAMODB + "DescribeTable", Handling.PROXIED);

    /** Whose errors name the table where it does not exist. */
    private static final Set<String> OF_TABLES =
            Set.of("DeleteTable", "DescribeTable", "UpdateTable", "DescribeTimeToLive", "UpdateTimeToLive");

    /** Who answers. */
    enum Handling {
        /** DynamoDB Local. */
        PROXIED,
        /** The proxy: DynamoDB Local has no such operation, and what it would answer is known. */
        ANSWERED,
        /** Nobody. */
        MISSING
    }

    /** The operation of a request, or null where AWS has none of this name. */
    static @Nullable DynamoDbOperation of(@Nullable String target) {
        return target == null ? null : ALL.get(target);
    }

    /** The target of an operation on tables and items. */
    static String target(String name) {
        return DYNAMODB + name;
    }

    /** Whether it is about a table as a whole, not about items. */
    boolean ofTables() {
        return OF_TABLES.contains(name);
    }

    private static Map<String, DynamoDbOperation> all() {
        var all = new HashMap<String, DynamoDbOperation>();
        add(all, DYNAMODB, Handling.PROXIED, """
                BatchExecuteStatement BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeLimits
                DescribeTable DescribeTimeToLive ExecuteStatement ExecuteTransaction GetItem ListTables PutItem Query
                Scan TransactGetItems TransactWriteItems UpdateItem UpdateTable UpdateTimeToLive""");
        add(all, STREAMS, Handling.PROXIED, "DescribeStream GetRecords GetShardIterator ListStreams");
        add(all, DYNAMODB, Handling.ANSWERED, """
                DescribeContinuousBackups DescribeContributorInsights DescribeEndpoints
                DescribeKinesisStreamingDestination GetResourcePolicy ListBackups ListContributorInsights ListExports
                ListGlobalTables ListImports ListTagsOfResource TagResource UntagResource UpdateContinuousBackups""");
        add(all, DYNAMODB, Handling.MISSING, """
                CreateBackup CreateGlobalTable DeleteBackup DeleteResourcePolicy DescribeBackup DescribeExport
                DescribeGlobalTable DescribeGlobalTableSettings DescribeImport DescribeTableReplicaAutoScaling
                DisableKinesisStreamingDestination EnableKinesisStreamingDestination ExportTableToPointInTime
                ImportTable PutResourcePolicy RestoreTableFromBackup RestoreTableToPointInTime
                UpdateContributorInsights UpdateGlobalTable UpdateGlobalTableSettings
                UpdateKinesisStreamingDestination UpdateTableReplicaAutoScaling""");
        return Map.copyOf(all);
    }

    private static void add(Map<String, DynamoDbOperation> all, String prefix, Handling handling, String names) {
        for (var name : names.split("\\s+")) {
            all.put(prefix + name, new DynamoDbOperation(name, prefix + name, handling));
        }
    }
}
