package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.wire.XmlName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Who owns a bucket or an object, by the canonical user id: 64 hex digits, made from the account id so that they are
 * the same on every machine. AWS: S3 API Reference, Owner (since November 2025 without a display name).
 */
public record Owner(@XmlName("ID") String id) {
    public static Owner ofAccount(String accountId) {
        var digest = RunningChecksum.digest("SHA-256");
        var bytes = accountId.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        return new Owner(HexFormat.of().formatHex(digest.value()));
    }
}
