package dev.ruststack.crds.function;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** A file system of a function, kept and given back; none is mounted. AWS: Lambda API Reference, FileSystemConfig. */
@Bindable
public record FileSystemConfig(
        @Required @Description("ARN of the access point.") @Text(min = 1, max = 200)
        String arn,

        @Required
        @Description("Where it would be.")
        @Text(min = 1, max = 160, pattern = "/mnt/[a-zA-Z0-9-_.]+", means = "a path below /mnt/")
        String localMountPath) {}
