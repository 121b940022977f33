package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A global secondary index. AWS: DynamoDB API Reference, GlobalSecondaryIndex. */
@Bindable
public record GlobalSecondaryIndex(
        @Required
        @Text(min = 3, max = 255, pattern = "[a-zA-Z0-9_.-]+", means = "letters, digits, '_', '.' and '-'")
        @Description("Name of the index.")
        String indexName,

        @Required
        @Description("The HASH key and, after it, an optional RANGE key.")
        @CelRule(rule = KeySchemaElement.ORDER_RULE, message = KeySchemaElement.ORDER)
        @Size(min = 1, max = 2)
        List<KeySchemaElement> keySchema,

        @Description("Attributes that the index holds.") @Default("{}")
        Projection projection,

        @Description("Capacity, for a table with billingMode PROVISIONED.") @Nullable
        ProvisionedThroughput provisionedThroughput) {
    public GlobalSecondaryIndex {
        keySchema = Absent.asEmpty(keySchema);
        projection = Absent.as(projection, Projection.DEFAULT);
    }
}
