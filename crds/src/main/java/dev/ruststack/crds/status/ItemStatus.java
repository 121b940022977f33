package dev.ruststack.crds.status;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** One bucket, table, layer, function or API. */
@Bindable
public record ItemStatus(
        @Required @Text(min = 1, max = 32) @Description("Bucket, Table, Layer, Function, RestApi or HttpApi.")
        String kind,

        @Required @Text(min = 1, max = 255) @Description("Its name.")
        String name,

        @Description("Declared, or made at Runtime by an API call.") @Nullable @Text(max = 32)
        String origin,

        @Required @Text(min = 1, max = 32) @Description("Ready, Pending or Failed.")
        String state,

        @Description("Its ARN.") @Nullable @Text(max = 2048) String arn,

        @Description("Objects or items that were seeded.") @Nullable @Range
        Integer items,

        @Description("Execution environments that run.") @Nullable @Range
        Integer runners,

        @Description("Why it is not ready, in one CamelCase word.") @Nullable @Text(max = 128)
        String reason,

        @Description("Why it is not ready, in a sentence.") @Nullable @Text(max = 1024)
        String message) {}
