package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;

/** Capacity units per second. AWS: DynamoDB API Reference, ProvisionedThroughput. */
@Bindable
public record ProvisionedThroughput(
        @Required @Range(min = 1, max = 1_000_000) @Description("Read capacity units.")
        Long readCapacityUnits,

        @Required @Range(min = 1, max = 1_000_000) @Description("Write capacity units.")
        Long writeCapacityUnits) {}
