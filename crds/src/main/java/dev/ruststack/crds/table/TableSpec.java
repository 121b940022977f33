package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.FreeForm;
import dev.ruststack.crds.schema.Immutable;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One DynamoDB table with its first items. AWS: DynamoDB API Reference, CreateTable. */
@Bindable
@CelRule(
        rule = "self.keySchema.all(k, self.attributeDefinitions.exists(a, a.attributeName == k.attributeName))",
        message = "every key attribute must be in attributeDefinitions")
@CelRule(
        rule =
                "!has(self.globalSecondaryIndexes) || self.globalSecondaryIndexes.all(g, g.keySchema.all(k, self.attributeDefinitions.exists(a, a.attributeName == k.attributeName)))",
        message = "every key attribute of a global secondary index must be in attributeDefinitions")
@CelRule(
        rule =
                "!has(self.localSecondaryIndexes) || self.localSecondaryIndexes.all(l, l.keySchema.all(k, self.attributeDefinitions.exists(a, a.attributeName == k.attributeName)))",
        message = "every key attribute of a local secondary index must be in attributeDefinitions")
@CelRule(
        rule = "(self.billingMode == 'PROVISIONED') == has(self.provisionedThroughput)",
        message = "provisionedThroughput belongs to billingMode PROVISIONED, and is needed there")
public record TableSpec(
        @Required
        @Text(min = 3, max = 255, pattern = "[a-zA-Z0-9_.-]+", means = "letters, digits, '_', '.' and '-'")
        @Description("Name of the table.")
        String name,

        @Description("How capacity is paid for; DynamoDB Local enforces neither.")
        @Default(PAY_PER_REQUEST)
        @OneOf({PAY_PER_REQUEST, PROVISIONED})
        String billingMode,

        @Required
        @Description("Types of the attributes that are keys of the table or of an index; no others.")
        @Size(min = 1, max = 20)
        @Keyed("attributeName")
        List<AttributeDefinition> attributeDefinitions,

        @Required
        @Immutable
        @Description("The HASH key and, after it, an optional RANGE key.")
        @CelRule(rule = KeySchemaElement.ORDER_RULE, message = KeySchemaElement.ORDER)
        @Size(min = 1, max = 2)
        List<KeySchemaElement> keySchema,

        @Description("Global secondary indexes.") @Size(max = 20) @Keyed("indexName")
        List<GlobalSecondaryIndex> globalSecondaryIndexes,

        @Description("Local secondary indexes.") @Size(max = 5) @Keyed("indexName")
        List<LocalSecondaryIndex> localSecondaryIndexes,

        @Description("Capacity, for billingMode PROVISIONED.") @Nullable
        ProvisionedThroughput provisionedThroughput,

        @Description("The table's stream.") @Nullable StreamSpecification streamSpecification,

        @Description("The attribute that says when an item expires.") @Nullable
        TimeToLive timeToLive,

        @Description("Tags of the table.") @Size(max = 50) @Keyed("key")
        List<Tag> tags,

        @Description(
                "How items are written: JSON as plain values, DynamoDBJSON with DynamoDB's type tags (needed for sets, binary and exact numbers).")
        @Default(JSON)
        @OneOf({JSON, DYNAMODB_JSON})
        String itemsFormat,

        @Description("Items that are written out here.") @Size(max = 1000)
        List<@FreeForm Map<String, @Nullable Object>> items,

        @Description("Items taken from elsewhere.") @Size(max = 32)
        List<ItemsFrom> itemsFrom) {
    public static final String PAY_PER_REQUEST = "PAY_PER_REQUEST";
    public static final String PROVISIONED = "PROVISIONED";
    public static final String JSON = "JSON";
    public static final String DYNAMODB_JSON = "DynamoDBJSON";

    public TableSpec {
        billingMode = Absent.as(billingMode, PAY_PER_REQUEST);
        attributeDefinitions = Absent.asEmpty(attributeDefinitions);
        keySchema = Absent.asEmpty(keySchema);
        globalSecondaryIndexes = Absent.asEmpty(globalSecondaryIndexes);
        localSecondaryIndexes = Absent.asEmpty(localSecondaryIndexes);
        tags = Absent.asEmpty(tags);
        itemsFormat = Absent.as(itemsFormat, JSON);
        items = Absent.asEmpty(items);
        itemsFrom = Absent.asEmpty(itemsFrom);
    }
}
