package dev.ruststack.crds.table;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** Whether a table has a stream, and what its records carry. AWS: DynamoDB API Reference, StreamSpecification. */
@Bindable
@CelRule(
        rule = "self.streamEnabled == has(self.streamViewType)",
        message = "streamViewType belongs to streamEnabled: true, and is needed there")
public record StreamSpecification(
        @Required @Description("Whether the table has a stream.")
        Boolean streamEnabled,

        @Description("What each record of the stream carries.")
        @Nullable
        @OneOf({"KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"})
        String streamViewType) {}
