package dev.ruststack.crds.bucket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket is served at {@code BUCKET.s3-website.HOST}. AWS: S3 API Reference, WebsiteConfiguration.
 */
@Bindable
@ExactlyOneOf({"indexDocument", "redirectAllRequestsTo"})
@CelRule(
        rule = "!has(self.redirectAllRequestsTo) || !(has(self.errorDocument) || has(self.routingRules))",
        message = Website.REDIRECT_RULE)
public record Website(
        @Description("What is served for a folder.") @Nullable
        IndexDocument indexDocument,

        @Description("What is served with errors of the class 4xx.") @Nullable
        ErrorDocument errorDocument,

        @Description("Redirects of some requests.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 50)
        List<RoutingRule> routingRules,

        @Description("Where every request is sent on to.") @Nullable
        RedirectAllRequestsTo redirectAllRequestsTo) {
    public static final String REDIRECT_RULE =
            "redirectAllRequestsTo leaves no room for errorDocument and routingRules";

    public static final String CONDITION_RULE = "a condition has httpErrorCodeReturnedEquals, keyPrefixEquals or both";

    public Website {
        routingRules = Absent.asEmpty(routingRules);
    }

    /** The index of folders. AWS: S3 API Reference, IndexDocument. */
    @Bindable
    public record IndexDocument(
            @Required
            @Description("Added to the paths of folders: index.html.")
            @Text(min = 1, max = 1024, pattern = "[^/]+", means = "a name without /")
            String suffix) {}

    /** The page of errors. AWS: S3 API Reference, ErrorDocument. */
    @Bindable
    public record ErrorDocument(
            @Required @Description("Key of the object.") @Text(min = 1, max = 1024)
            String key) {}

    /** Another place for everything. AWS: S3 API Reference, RedirectAllRequestsTo. */
    @Bindable
    public record RedirectAllRequestsTo(
            @Required @Description("The host.") @Text(min = 1, max = 253)
            String hostName,

            @Description("The protocol. Absent: that of the request.") @Nullable @OneOf({"http", "https"})
            String protocol) {}

    /** One redirect. AWS: S3 API Reference, RoutingRule. */
    @Bindable
    public record RoutingRule(
            @Description("When it is due. Absent: always.") @Nullable
            Condition condition,

            @Required @Description("Where it leads.") Redirect redirect) {}

    /** When a redirect is due; all that is given must hold. AWS: S3 API Reference, Condition. */
    @Bindable
    @CelRule(
            rule = "has(self.httpErrorCodeReturnedEquals) || has(self.keyPrefixEquals)",
            message = Website.CONDITION_RULE)
    public record Condition(
            @Description("The status of the error.")
            @Nullable
            @Text(min = 3, max = 3, pattern = "[45][0-9]{2}", means = "a status 4xx or 5xx, in quotes")
            String httpErrorCodeReturnedEquals,

            @Description("What the key begins with.") @Nullable @Text(max = 1024)
            String keyPrefixEquals) {}

    /** Where a redirect leads. AWS: S3 API Reference, Redirect. */
    @Bindable
    @CelRule(rule = "!(has(self.replaceKeyPrefixWith) && has(self.replaceKeyWith))", message = REPLACEMENT_RULE)
    public record Redirect(
            @Description("The host. Absent: that of the request.") @Nullable @Text(min = 1, max = 253)
            String hostName,

            @Description("The status. Absent: 301.")
            @Nullable
            @Text(min = 3, max = 3, pattern = "3([0-9][1-9]|[1-9][0-9])", means = "a status 3xx but 300, in quotes")
            String httpRedirectCode,

            @Description("The protocol. Absent: that of the request.") @Nullable @OneOf({"http", "https"})
            String protocol,

            @Description("Put in place of condition.keyPrefixEquals.") @Nullable @Text(max = 1024)
            String replaceKeyPrefixWith,

            @Description("Put in place of the whole key.") @Nullable @Text(max = 1024)
            String replaceKeyWith) {}

    public static final String REPLACEMENT_RULE = "replaceKeyPrefixWith and replaceKeyWith exclude each other";
}
