package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;

/** Whether a bucket keeps older versions of its objects. AWS: S3 API Reference, VersioningConfiguration. */
@Bindable
public record Versioning(
        @Description("Enabled, or Suspended for a bucket that keeps the versions it has.")
        @Default(ENABLED)
        @OneOf({ENABLED, SUSPENDED})
        String status) {
    public static final String ENABLED = "Enabled";
    public static final String SUSPENDED = "Suspended";

    public Versioning {
        status = Absent.as(status, ENABLED);
    }
}
