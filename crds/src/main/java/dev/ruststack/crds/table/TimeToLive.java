package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** The attribute that says when an item expires. AWS: DynamoDB API Reference, TimeToLiveSpecification. */
@Bindable
public record TimeToLive(
        @Required @Text(min = 1, max = 255) @Description("A Number attribute with the time in seconds since 1970.")
        String attributeName,

        @Description("Whether items do expire.") @Default("true")
        Boolean enabled) {
    public TimeToLive {
        enabled = Absent.as(enabled, true);
    }
}
