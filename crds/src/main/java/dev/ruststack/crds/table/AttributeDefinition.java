package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** The type of one key attribute. AWS: DynamoDB API Reference, AttributeDefinition. */
@Bindable
public record AttributeDefinition(
        @Required @Text(min = 1, max = 255) @Description("Name of the attribute.")
        String attributeName,

        @Required
        @OneOf({"S", "N", "B", STRING, NUMBER, BINARY})
        @Description("S, N or B; also in words, since kubectl and Helm read a bare N as the boolean false.")
        String attributeType) {
    public static final String STRING = "String";
    public static final String NUMBER = "Number";
    public static final String BINARY = "Binary";

    /** The type as DynamoDB's API has it: S, N or B. */
    public String scalarType() {
        return attributeType.substring(0, 1);
    }
}
