package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which functions hear of what happens to objects. AWS: S3 API Reference, NotificationConfiguration. */
@Bindable
public record Notification(
        @Required @Description("The functions.") @Size(min = 1, max = 16)
        List<LambdaFunction> lambdaFunctionConfigurations) {
    public Notification {
        lambdaFunctionConfigurations = Absent.asEmpty(lambdaFunctionConfigurations);
    }

    /** A function of the stack. AWS: S3 API Reference, LambdaFunctionConfiguration. */
    @Bindable
    public record LambdaFunction(
            @Description("Name of the configuration. Absent: the function's name and its place in the list.")
            @Nullable
            @Text(min = 1, max = 255)
            String id,

            @Required
            @Description("Name of the function, one of spec.functions; AWS has its ARN here.")
            @Text(min = 1, max = 64)
            String function,

            @Required @Description("What it hears of.") @Size(min = 1, max = 16)
            List<
                            @OneOf({
                                "s3:ObjectCreated:*",
                                "s3:ObjectCreated:Put",
                                "s3:ObjectCreated:Post",
                                "s3:ObjectCreated:Copy",
                                "s3:ObjectCreated:CompleteMultipartUpload",
                                "s3:ObjectRemoved:*",
                                "s3:ObjectRemoved:Delete",
                                "s3:ObjectRemoved:DeleteMarkerCreated",
                                "s3:ObjectTagging:*",
                                "s3:ObjectTagging:Put",
                                "s3:ObjectTagging:Delete",
                                "s3:ObjectAcl:Put",
                                "s3:LifecycleExpiration:*",
                                "s3:LifecycleExpiration:Delete",
                                "s3:LifecycleExpiration:DeleteMarkerCreated",
                                "s3:LifecycleTransition"
                            })
                            String>
                    events,

            @Description("Of which objects. Absent: all.") @Nullable
            Filter filter) {
        public LambdaFunction {
            events = Absent.asEmpty(events);
        }
    }

    /** Which objects. AWS: S3 API Reference, NotificationConfigurationFilter. */
    @Bindable
    public record Filter(
            @Required @Description("By their keys.") Key key) {}

    /** By their keys. AWS: S3 API Reference, S3KeyFilter. */
    @Bindable
    public record Key(
            @Description("How the key begins and ends.")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @Size(max = 2)
            @Keyed("name")
            List<FilterRule> filterRules) {
        public Key {
            filterRules = Absent.asEmpty(filterRules);
        }
    }

    /** The start or the end of a key. AWS: S3 API Reference, FilterRule. */
    @Bindable
    public record FilterRule(
            @Required @Description("Which end of the key.") @OneOf({"prefix", "suffix"})
            String name,

            @Required @Description("What stands there.") @Text(max = 1024)
            String value) {}
}
