package dev.ruststack.crds.restapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import java.util.Map;

/** HTTP routes to functions, with the events of an API Gateway REST API (proxy integration, payload 1.0). */
@Bindable
public record RestApiSpec(
        @Required
        @Text(min = 1, max = 64, pattern = "[a-zA-Z0-9_-]+", means = "letters, digits, '_' and '-'")
        @Description("Name of the API.")
        String name,

        @Description("Name of its stage, as events carry it.")
        @Default(DEFAULT_STAGE)
        @Text(min = 1, max = 128, pattern = "[a-zA-Z0-9_$-]+", means = "letters, digits, '_', '-' and '$'")
        String stageName,

        @Description("Variables of its stage, as events carry them.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        Map<
                        @Text(min = 1, max = 64, pattern = "[a-zA-Z0-9_]+", means = "letters, digits and '_'") String,
                        @Text(max = 2048) String>
                stageVariables,

        @Description("Media types whose bodies reach functions in base64; */* for all.") @Size(max = 32)
        List<
                        @Text(
                                min = 3,
                                max = 128,
                                pattern = "[^/\\s]+/[^/\\s]+",
                                means = "a media type such as image/png or */*")
                        String>
                binaryMediaTypes,

        @Description("The routes; the most specific wins.") @Size(max = 64) @Keyed({"path", "method"})
        List<RouteSpec> routes) {
    public static final String DEFAULT_STAGE = "prod";

    public RestApiSpec {
        stageName = Absent.as(stageName, DEFAULT_STAGE);
        stageVariables = Absent.asEmpty(stageVariables);
        binaryMediaTypes = Absent.asEmpty(binaryMediaTypes);
        routes = Absent.asEmpty(routes);
    }
}
