package dev.ruststack.crds.httpapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP routes to functions, by the rules of an HTTP API of API Gateway. AWS: API Gateway V2 API Reference, Api, Route,
 * Integration and Stage.
 */
@Bindable
public record HttpApiSpec(
        @Required
        @Text(min = 1, max = 64, pattern = "[a-zA-Z0-9_-]+", means = "letters, digits, '_' and '-'")
        @Description("Name of the API.")
        String name,

        @Description("Name of its stage, as events carry it.")
        @Default(DEFAULT_STAGE)
        @Text(
                min = 1,
                max = 128,
                pattern = "\\$default|[a-zA-Z0-9_-]+",
                means = "letters, digits, '_' and '-', or $default")
        String stageName,

        @Description("Variables of its stage, as events carry them.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        Map<
                        @Text(min = 1, max = 64, pattern = "[a-zA-Z0-9_]+", means = "letters, digits and '_'") String,
                        @Text(max = 2048) String>
                stageVariables,

        @Description("Which pages of other origins may use it from a browser; the API answers for its functions.")
        @Nullable
        Cors corsConfiguration,

        @Description("The routes; the most specific wins.") @Size(max = 64) @Keyed("routeKey")
        List<Route> routes) {
    public static final String DEFAULT_STAGE = "$default";

    public HttpApiSpec {
        stageName = Absent.as(stageName, DEFAULT_STAGE);
        stageVariables = Absent.asEmpty(stageVariables);
        routes = Absent.asEmpty(routes);
    }

    /** One route, and the function that answers. AWS: API Gateway V2 API Reference, Route. */
    @Bindable
    public record Route(
            @Required
            @Text(
                    min = 1,
                    max = 512,
                    pattern =
                            "\\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/|(/([a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._-]+\\}))*(/([a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._-]+\\+?\\})))",
                    means = "a method and a path such as GET /orders/{id} or ANY /{proxy+}, or $default")
            @Description("Method and path, with {name} for one segment and {name+} for all that follow; or $default.")
            String routeKey,

            @Required @Text(min = 1, max = 193) @Description("One of spec.functions, or one's alias: web, or web:live.")
            String function,

            @Description("The form of events and results.") @Default(FORMAT_2) @OneOf({FORMAT_2, "1.0"})
            String payloadFormatVersion) {
        public static final String FORMAT_2 = "2.0";
        public static final String DEFAULT = "$default";

        public Route {
            payloadFormatVersion = Absent.as(payloadFormatVersion, FORMAT_2);
        }
    }

    /** What pages of other origins may. AWS: API Gateway V2 API Reference, Cors. */
    @Bindable
    public record Cors(
            @Description("Whether with cookies and the like.") @Nullable
            Boolean allowCredentials,

            @Description("Headers that requests may have.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 100)
            List<@Text(min = 1, max = 1024) String> allowHeaders,

            @Description("Methods that requests may have.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 8)
            List<@OneOf({"*", "GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"}) String> allowMethods,

            @Description("The origins.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 100)
            List<@Text(min = 1, max = 253) String> allowOrigins,

            @Description("Headers of responses that pages may see.")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @Size(max = 100)
            List<@Text(min = 1, max = 1024) String> exposeHeaders,

            @Description("Seconds for which browsers may keep this.") @Nullable @Range(min = -1, max = 86400)
            Integer maxAge) {
        public Cors {
            allowHeaders = Absent.asEmpty(allowHeaders);
            allowMethods = Absent.asEmpty(allowMethods);
            allowOrigins = Absent.asEmpty(allowOrigins);
            exposeHeaders = Absent.asEmpty(exposeHeaders);
        }
    }
}
