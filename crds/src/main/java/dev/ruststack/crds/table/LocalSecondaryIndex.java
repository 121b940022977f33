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

/** A local secondary index. AWS: DynamoDB API Reference, LocalSecondaryIndex. */
@Bindable
public record LocalSecondaryIndex(
        @Required
        @Text(min = 3, max = 255, pattern = "[a-zA-Z0-9_.-]+", means = "letters, digits, '_', '.' and '-'")
        @Description("Name of the index.")
        String indexName,

        @Required
        @Description("The table's HASH key and, after it, a RANGE key.")
        @CelRule(rule = KeySchemaElement.ORDER_RULE, message = KeySchemaElement.ORDER)
        @Size(min = 2, max = 2)
        List<KeySchemaElement> keySchema,

        @Description("Attributes that the index holds.") @Default("{}")
        Projection projection) {
    public LocalSecondaryIndex {
        keySchema = Absent.asEmpty(keySchema);
        projection = Absent.as(projection, Projection.DEFAULT);
    }
}
