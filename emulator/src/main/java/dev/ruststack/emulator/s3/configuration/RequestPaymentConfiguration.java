package dev.ruststack.emulator.s3.configuration;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who pays for requests. AWS: S3 API Reference, PutBucketRequestPayment. */
public record RequestPaymentConfiguration(@Nullable String payer) {
    public static final ConfigurationKind<RequestPaymentConfiguration> KIND =
            new ConfigurationKind<>("requestPayment", RequestPaymentConfiguration.class);

    /** What holds where nothing is set. */
    public static final RequestPaymentConfiguration DEFAULT = new RequestPaymentConfiguration("BucketOwner");

    /** The document, where S3 takes it. */
    public RequestPaymentConfiguration checked() {
        Check.oneOf(payer, Set.of("BucketOwner", "Requester"));
        return this;
    }
}
