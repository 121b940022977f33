package dev.ruststack.emulator.aws.signing;

import java.nio.charset.StandardCharsets;

/**
 * The key of one day, region and service, derived from a secret. AWS: IAM User Guide, Create a signed AWS API request,
 * step 4.
 */
record SigningKey(byte[] key) {
    static SigningKey of(String secret, Signature signature) {
        return of(secret, signature.date(), signature.region(), signature.service());
    }

    static SigningKey of(String secret, String date, String region, String service) {
        var ofDay = Digests.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
        var ofRegion = Digests.hmac(ofDay, region);
        var ofService = Digests.hmac(ofRegion, service);
        return new SigningKey(Digests.hmac(ofService, "aws4_request"));
    }

    String sign(String stringToSign) {
        return Digests.hex(Digests.hmac(key, stringToSign));
    }
}
