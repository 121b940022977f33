package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pages of other origins may use a bucket from a browser. AWS: S3 API Reference, CORSConfiguration. */
@Bindable
public record Cors(
        @Required @Description("The rules; the first that fits a request counts.") @Size(min = 1, max = 100)
        List<Rule> corsRules) {
    static final String ONE_WILDCARD = "[^*]*[*]?[^*]*";

    public Cors {
        corsRules = Absent.asEmpty(corsRules);
    }

    /** One rule. AWS: S3 API Reference, CORSRule. */
    @Bindable
    public record Rule(
            @Description("Name of the rule.") @Nullable @Text(min = 1, max = 255)
            String id,

            @Required @Description("Origins of the pages, with one * at most each.") @Size(min = 1, max = 100)
            List<@Text(min = 1, max = 1024, pattern = ONE_WILDCARD, means = "an origin with one * at most") String>
                    allowedOrigins,

            @Required @Description("HTTP methods they may use.") @Size(min = 1, max = 5)
            List<@OneOf({"GET", "PUT", "HEAD", "POST", "DELETE"}) String> allowedMethods,

            @Description("Request headers they may send, with one * at most each.") @Size(max = 100)
            List<@Text(min = 1, max = 256, pattern = ONE_WILDCARD, means = "a header name with one * at most") String>
                    allowedHeaders,

            @Description("Response headers they may read.") @Size(max = 100)
            List<@Text(min = 1, max = 256, pattern = "[^*]+", means = "a header name without *") String> exposeHeaders,

            @Description("How long a browser may keep the answer, in seconds.") @Nullable @Range
            Integer maxAgeSeconds) {
        public Rule {
            allowedOrigins = Absent.asEmpty(allowedOrigins);
            allowedMethods = Absent.asEmpty(allowedMethods);
            allowedHeaders = Absent.asEmpty(allowedHeaders);
            exposeHeaders = Absent.asEmpty(exposeHeaders);
        }
    }
}
