package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** One part of a key. AWS: DynamoDB API Reference, KeySchemaElement. */
@Bindable
public record KeySchemaElement(
        @Required @Text(min = 1, max = 255) @Description("Name of the attribute.")
        String attributeName,

        @Required @OneOf({HASH, RANGE}) @Description("HASH for the partition key, RANGE for the sort key.")
        String keyType) {
    public static final String HASH = "HASH";
    public static final String RANGE = "RANGE";

    /** What every key schema has to be, and the same in CEL. */
    public static final String ORDER =
            "a key schema is one HASH attribute and, after it, at most one RANGE attribute of another name";

    static final String ORDER_RULE =
            "self[0].keyType == 'HASH' && (self.size() == 1 || (self[1].keyType == 'RANGE' && self[0].attributeName != self[1].attributeName))";
}
