package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which pages of other origins may use a bucket from a browser. AWS: S3 API Reference, PutBucketCors. */
@XmlName("CORSConfiguration")
public record CorsConfiguration(
        @XmlFlattened @XmlName("CORSRule") List<Rule> rules) {
    public static final ConfigurationKind<CorsConfiguration> KIND =
            new ConfigurationKind<>("cors", CorsConfiguration.class);

    private static final int MAX_RULES = 100;
    private static final Set<String> METHODS = Set.of("GET", "PUT", "HEAD", "POST", "DELETE");

    /** One rule: the first that a request is within counts. */
    public record Rule(
            @XmlName("ID") @Nullable String id,
            @XmlFlattened @XmlName("AllowedHeader") List<String> allowedHeaders,
            @XmlFlattened @XmlName("AllowedMethod") List<String> allowedMethods,
            @XmlFlattened @XmlName("AllowedOrigin") List<String> allowedOrigins,
            @XmlFlattened @XmlName("ExposeHeader") List<String> exposeHeaders,
            @Nullable Integer maxAgeSeconds) {
        public Rule {
            allowedHeaders = Check.list(allowedHeaders);
            allowedMethods = Check.list(allowedMethods);
            allowedOrigins = Check.list(allowedOrigins);
            exposeHeaders = Check.list(exposeHeaders);
        }

        private void check() {
            Check.that(!allowedMethods.isEmpty() && !allowedOrigins.isEmpty());
            for (var method : allowedMethods) {
                Check.request(
                        METHODS.contains(method),
                        "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
            }
            allowedOrigins.forEach(origin -> checkWildcards("AllowedOrigin", origin));
            allowedHeaders.forEach(header -> checkWildcards("AllowedHeader", header));
            for (var header : exposeHeaders) {
                Check.request(
                        !header.contains("*"),
                        "ExposeHeader \"" + header
                                + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
            }
        }

        private static void checkWildcards(String element, String value) {
            Check.request(
                    value.indexOf('*') == value.lastIndexOf('*'),
                    element + " \"" + value + "\" can not have more than one wildcard.");
        }
    }

    public CorsConfiguration {
        rules = Check.list(rules);
    }

    /** The document, where S3 takes it. */
    public CorsConfiguration checked() {
        Check.that(!rules.isEmpty() && rules.size() <= MAX_RULES);
        rules.forEach(Rule::check);
        return this;
    }
}
