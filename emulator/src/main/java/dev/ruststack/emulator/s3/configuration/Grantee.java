package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlAttribute;
import dev.ruststack.emulator.aws.wire.XmlName;
import org.jspecify.annotations.Nullable;

/**
 * To whom something is granted. AWS: S3 API Reference, Grantee.
 *
 * @param type CanonicalUser, Group or AmazonCustomerByEmail
 */
public record Grantee(
        @XmlAttribute("type") @Nullable String type,
        @Nullable String emailAddress,
        @XmlName("ID") @Nullable String id,
        @Nullable String displayName,
        @XmlName("URI") @Nullable String uri) {}
