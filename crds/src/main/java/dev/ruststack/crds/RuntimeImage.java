package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** The container image that runs one Lambda runtime. */
@Bindable
public record RuntimeImage(
        @Required
        @Text(min = 1, max = 32, pattern = "[a-z0-9.]+", means = "a Lambda runtime's identifier such as python3.12")
        @Description("Lambda's identifier of the runtime, such as python3.12.")
        String runtime,

        @Required @Text(min = 1, max = 512) @Description("The image.")
        String image) {}
