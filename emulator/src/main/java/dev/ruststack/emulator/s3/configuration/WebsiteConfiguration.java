package dev.ruststack.emulator.s3.configuration;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a bucket is served as a website. AWS: S3 API Reference, PutBucketWebsite. */
public record WebsiteConfiguration(
        @Nullable RedirectAllRequestsTo redirectAllRequestsTo,
        @Nullable IndexDocument indexDocument,
        @Nullable ErrorDocument errorDocument,
        @Nullable List<RoutingRule> routingRules) {
    public static final ConfigurationKind<WebsiteConfiguration> KIND =
            new ConfigurationKind<>("website", WebsiteConfiguration.class);

    private static final int MAX_RULES = 50;
    private static final Set<String> PROTOCOLS = Set.of("http", "https");

    /** Where every request is sent on to. */
    public record RedirectAllRequestsTo(
            @Nullable String hostName, @Nullable String protocol) {}

    /** What is added to requests of folders. */
    public record IndexDocument(@Nullable String suffix) {}

    /** The object that stands in for errors of the class 4xx. */
    public record ErrorDocument(@Nullable String key) {}

    /** A redirect of some requests. */
    public record RoutingRule(
            @Nullable Condition condition, @Nullable Redirect redirect) {
        private void check() {
            Check.present(redirect).check();
            if (condition != null) {
                condition.check();
            }
        }
    }

    /** When a rule is due; both must hold where both are there. */
    public record Condition(
            @Nullable String httpErrorCodeReturnedEquals,
            @Nullable String keyPrefixEquals) {
        private void check() {
            Check.request(
                    httpErrorCodeReturnedEquals != null || keyPrefixEquals != null,
                    "Condition cannot be empty. To redirect all requests without a condition, the condition element"
                            + " shouldn't be present.");
            Check.request(
                    httpErrorCodeReturnedEquals == null || httpErrorCodeReturnedEquals.matches("[45]\\d\\d"),
                    "The provided HTTP error code (" + httpErrorCodeReturnedEquals
                            + ") is not valid. Valid codes are 4XX or 5XX.");
        }
    }

    /** Where a rule sends a request to. */
    public record Redirect(
            @Nullable String hostName,
            @Nullable String httpRedirectCode,
            @Nullable String protocol,
            @Nullable String replaceKeyPrefixWith,
            @Nullable String replaceKeyWith) {
        private void check() {
            checkProtocol(protocol);
            Check.request(
                    replaceKeyPrefixWith == null || replaceKeyWith == null,
                    "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
            Check.request(
                    httpRedirectCode == null || httpRedirectCode.matches("3\\d[1-9]|3[1-9]\\d"),
                    "The provided HTTP redirect code (" + httpRedirectCode
                            + ") is not valid. Valid codes are 3XX except 300.");
        }
    }

    private static void checkProtocol(@Nullable String protocol) {
        Check.request(
                protocol == null || PROTOCOLS.contains(protocol),
                "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected"
                        + " automatically.");
    }

    public WebsiteConfiguration {
        routingRules = routingRules == null ? null : List.copyOf(routingRules);
    }

    /** The document, where S3 takes it. */
    public WebsiteConfiguration checked() {
        if (redirectAllRequestsTo != null) {
            Check.argument(
                    indexDocument == null && errorDocument == null && routingRules == null,
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                    "RedirectAllRequestsTo",
                    "not null");
            Check.present(redirectAllRequestsTo.hostName);
            checkProtocol(redirectAllRequestsTo.protocol);
            return this;
        }
        checkDocuments();
        if (routingRules != null) {
            Check.that(!routingRules.isEmpty());
            Check.request(
                    routingRules.size() <= MAX_RULES,
                    routingRules.size() + " routing rules provided, the number of routing rules in a website"
                            + " configuration is limited to 50.");
            routingRules.forEach(RoutingRule::check);
        }
        return this;
    }

    private void checkDocuments() {
        Check.argument(
                indexDocument != null,
                "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                "IndexDocument",
                null);
        var suffix = Check.present(indexDocument).suffix;
        Check.argument(
                suffix != null && !suffix.isEmpty() && !suffix.contains("/"),
                "The IndexDocument Suffix is not well formed",
                "IndexDocument",
                suffix);
        Check.that(errorDocument == null || errorDocument.key != null && !errorDocument.key.isEmpty());
    }
}
