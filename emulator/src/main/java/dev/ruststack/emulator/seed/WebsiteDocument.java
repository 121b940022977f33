package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.Website;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.Condition;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.ErrorDocument;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.IndexDocument;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.Redirect;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.RedirectAllRequestsTo;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.RoutingRule;
import org.jspecify.annotations.Nullable;

/** A declared website as S3 gives it back. */
final class WebsiteDocument {
    private WebsiteDocument() {}

    static @Nullable WebsiteConfiguration of(@Nullable Website declared) {
        if (declared == null) {
            return null;
        }
        var elsewhere = declared.redirectAllRequestsTo();
        var index = declared.indexDocument();
        var error = declared.errorDocument();
        var rules = declared.routingRules();
        return new WebsiteConfiguration(
                elsewhere == null ? null : new RedirectAllRequestsTo(elsewhere.hostName(), elsewhere.protocol()),
                index == null ? null : new IndexDocument(index.suffix()),
                error == null ? null : new ErrorDocument(error.key()),
                rules.isEmpty()
                        ? null
                        : rules.stream().map(WebsiteDocument::rule).toList());
    }

    private static RoutingRule rule(Website.RoutingRule rule) {
        var condition = rule.condition();
        var redirect = rule.redirect();
        return new RoutingRule(
                condition == null
                        ? null
                        : new Condition(condition.httpErrorCodeReturnedEquals(), condition.keyPrefixEquals()),
                new Redirect(
                        redirect.hostName(),
                        redirect.httpRedirectCode(),
                        redirect.protocol(),
                        redirect.replaceKeyPrefixWith(),
                        redirect.replaceKeyWith()));
    }
}
