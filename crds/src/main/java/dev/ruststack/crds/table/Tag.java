package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** A tag of a table. AWS: DynamoDB API Reference, Tag. */
@Bindable
public record Tag(
        @Required @Text(min = 1, max = 128) @Description("Key of the tag.")
        String key,

        @Required @Text(max = 256) @Description("Its value.")
        String value) {}
