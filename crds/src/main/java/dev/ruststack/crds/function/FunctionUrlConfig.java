package dev.ruststack.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Range;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The URL of a function or an alias. AWS: Lambda API Reference, CreateFunctionUrlConfig. */
@Bindable
public record FunctionUrlConfig(
        @Description("NONE lets everyone in; AWS_IAM asks for a signature.") @Default(NONE) @OneOf({NONE, "AWS_IAM"})
        String authType,

        @Description("Whether what it streams is passed on as it comes.")
        @Default(BUFFERED)
        @OneOf({BUFFERED, "RESPONSE_STREAM"})
        String invokeMode,

        @Description("Which pages of other origins may use it from a browser.") @Nullable
        Cors cors) {
    public static final String NONE = "NONE";
    public static final String BUFFERED = "BUFFERED";

    public FunctionUrlConfig {
        authType = Absent.as(authType, NONE);
        invokeMode = Absent.as(invokeMode, BUFFERED);
    }

    /** What pages of other origins may. AWS: Lambda API Reference, Cors. */
    @Bindable
    public record Cors(
            @Description("Whether with cookies and the like.") @Nullable
            Boolean allowCredentials,

            @Description("Headers that requests may have.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 100)
            List<@Text(min = 1, max = 1024) String> allowHeaders,

            @Description("Methods that requests may have.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 6)
            List<@OneOf({"*", "GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"}) String> allowMethods,

            @Description("The origins.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 100)
            List<@Text(min = 1, max = 253) String> allowOrigins,

            @Description("Headers of responses that pages may see.")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @Size(max = 100)
            List<@Text(min = 1, max = 1024) String> exposeHeaders,

            @Description("Seconds for which browsers may keep this.") @Nullable @Range(max = 86400)
            Integer maxAge) {
        public Cors {
            allowHeaders = Absent.asEmpty(allowHeaders);
            allowMethods = Absent.asEmpty(allowMethods);
            allowOrigins = Absent.asEmpty(allowOrigins);
            exposeHeaders = Absent.asEmpty(exposeHeaders);
        }
    }
}
