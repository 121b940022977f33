package dev.ruststack.emulator.aws.signing;

import java.nio.charset.StandardCharsets;

/**
 * The key of one day, region and service, derived from a secret. AWS: IAM User Guide, Create a signed AWS API request,
 * step 4.
 */
record SigningKey(byte[] key) {
    static SigningKey of(String secret, Signature signature) {
        var day = Digests.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), signature.date());
        var region = Digests.hmac(day, signature.region());
        var service = Digests.hmac(region, signature.service());
        return new SigningKey(Digests.hmac(service, "aws4_request"));
    }

    String sign(String stringToSign) {
        return Digests.hex(Digests.hmac(key, stringToSign));
    }
}
