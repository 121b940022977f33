package dev.ruststack.emulator.aws;

import org.jspecify.annotations.Nullable;

/**
 * How the policy of a browser's form is signed. AWS: S3 API Reference, Authenticating requests in browser-based uploads
 * using POST.
 *
 * @param policy as it stands in the form, in Base64
 * @param credential key and scope; for version 2 the key
 * @param signature hexadecimal; for version 2 in Base64
 * @param date null for version 2
 */
public record FormSignature(
        String policy,
        String credential,
        String signature,
        @Nullable String date) {}
