package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** DynamoDB Local, which serves the tables. */
@Bindable
public record DynamoDbSpec(
        @Description("Disabled saves its memory where no table is wanted.")
        @Default(ENABLED)
        @OneOf({ENABLED, DISABLED})
        String mode,

        @Description("Image of DynamoDB Local. Empty: the one that belongs to the operator.") @Nullable @Text(max = 512)
        String image,

        @Description("Requests and limits of its container.")
        Resources resources) {
    public static final String ENABLED = "Enabled";
    public static final String DISABLED = "Disabled";
    public static final DynamoDbSpec DEFAULT = new DynamoDbSpec(ENABLED, null, Resources.NONE);

    public DynamoDbSpec {
        mode = Absent.as(mode, ENABLED);
        image = Absent.emptyAsNull(image);
        resources = Absent.as(resources, Resources.NONE);
    }

    public boolean enabled() {
        return mode.equals(ENABLED);
    }
}
