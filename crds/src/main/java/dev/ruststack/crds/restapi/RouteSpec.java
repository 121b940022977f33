package dev.ruststack.crds.restapi;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Text;

/** One route: a method and a path, and the function that answers. */
@Bindable
public record RouteSpec(
        @Required
        @Text(
                min = 1,
                max = 512,
                pattern =
                        "/|(/([a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._-]+\\}))*(/([a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._-]+\\+?\\}))",
                means = "a path such as /orders/{id} or /{proxy+}, which may only end in a {name+}")
        @Description("Path, with {name} for one segment and {name+} for all that follow.")
        String path,

        @Description("HTTP method; ANY for every one.")
        @Default(ANY)
        @OneOf({ANY, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
        String method,

        @Required @Text(min = 1, max = 193) @Description("One of spec.functions, or one's alias: web, or web:live.")
        String function) {
    public static final String ANY = "ANY";

    public RouteSpec {
        method = Absent.as(method, ANY);
    }
}
