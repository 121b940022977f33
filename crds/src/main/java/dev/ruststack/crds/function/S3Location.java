package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** An object of one of the stack's buckets. */
@Bindable
public record S3Location(
        @Required @Text(min = 3, max = 63) @Description("Name of the bucket.")
        String bucket,

        @Required @Text(min = 1, max = 1024) @Description("Key of the object.")
        String key) {}
