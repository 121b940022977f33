package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.FormSignature;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.signing.AwsChunkedInputStream.Framing;
import dev.ruststack.emulator.http.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Signature Version 4 in headers, presigned queries and {@code aws-chunked} bodies. {@link Mode#ENFORCE} verifies every
 * signature against the known secrets; {@link Mode#PERMISSIVE} takes any key and believes it, but refuses what cannot be
 * understood and presigned URLs whose time is over, as clients test for that. URLs presigned by Version 2 are taken too. The hash and the framing of a body are
 * checked in both. AWS: IAM User Guide, Signature Version 4 for API requests.
 */
public final class SigV4Authenticator implements Authenticator {
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    /** The largest body that must be read before its signature can be verified: a Lambda deployment package. */
    private static final int LARGEST_HASHED_BODY = 70_167_211;

    private final Mode mode;
    private final SecretKeys secrets;
    private final String accountId;
    private final String region;
    private final Clock clock;
    private final boolean admitsAnonymous;

    /** Whether signatures are verified. */
    public enum Mode {
        ENFORCE,
        PERMISSIVE
    }

    /**
     * @param accountId the account of every access key that is not itself an account id
     * @param region the region of requests that name none
     */
    public SigV4Authenticator(Mode mode, SecretKeys secrets, String accountId, String region, Clock clock) {
        this(mode, secrets, accountId, region, clock, false);
    }

    private SigV4Authenticator(
            Mode mode, SecretKeys secrets, String accountId, String region, Clock clock, boolean admitsAnonymous) {
        this.admitsAnonymous = admitsAnonymous;
        this.mode = mode;
        this.secrets = secrets;
        this.accountId = accountId;
        this.region = region;
        this.clock = clock;
    }

    /** The same for a service that decides itself what callers may that do not sign: they have no account. */
    public SigV4Authenticator admittingAnonymous() {
        return new SigV4Authenticator(mode, secrets, accountId, region, clock, true);
    }

    @Override
    public Authenticated authenticate(Request request, Protocol protocol) {
        try {
            var query = request.query();
            var signature = Signature.read(request.headers(), query);
            if (signature != null) {
                return signed(request, signature, protocol);
            }
            var presigned = PresignedV2.read(query);
            return presigned == null ? anonymous(request, protocol) : presigned(request, presigned, protocol);
        } catch (Signature.UnreadableException e) {
            throw protocol.authentication(e.failure());
        }
    }

    @Override
    public Identity authenticateForm(FormSignature form, Protocol protocol) {
        var date = form.date();
        if (date == null) {
            var key = form.credential();
            return verified(form, key, region, secret -> PresignedV2.sign(secret, form.policy()), protocol);
        }
        var scope = form.credential().split("/");
        if (scope.length != 5 || !scope[4].equals("aws4_request")) {
            throw protocol.authentication(new AuthFailure.Malformed(
                    true, "Error parsing the X-Amz-Credential parameter; incorrect credential format"));
        }
        return verified(
                form,
                scope[0],
                scope[2],
                secret -> SigningKey.of(secret, scope[1], scope[2], scope[3]).sign(form.policy()),
                protocol);
    }

    private Identity verified(
            FormSignature form, String key, String ofRegion, UnaryOperator<String> signing, Protocol protocol) {
        if (mode == Mode.ENFORCE) {
            var secret = secrets.secretOf(key);
            if (secret == null) {
                throw protocol.authentication(new AuthFailure.UnknownKey(key));
            }
            if (!Digests.same(signing.apply(secret), form.signature())) {
                throw protocol.authentication(new AuthFailure.Mismatch(key, form.signature(), form.policy(), ""));
            }
        }
        return new Identity(key, account(key), ofRegion, "s3");
    }

    private Authenticated anonymous(Request request, Protocol protocol) {
        if (mode == Mode.ENFORCE && !admitsAnonymous) {
            throw protocol.authentication(new AuthFailure.Missing());
        }
        var identity = new Identity(null, mode == Mode.ENFORCE ? "" : accountId, region, null);
        return new Authenticated(identity, payload(request, contentSha256(request), null, protocol));
    }

    private Authenticated presigned(Request request, PresignedV2 presigned, Protocol protocol) {
        var now = clock.instant();
        var key = presigned.accessKeyId();
        if (now.isAfter(presigned.expires())) {
            throw protocol.authentication(new AuthFailure.Expired(0, presigned.expires(), now));
        }
        if (mode == Mode.ENFORCE) {
            var secret = secrets.secretOf(key);
            if (secret == null) {
                throw protocol.authentication(new AuthFailure.UnknownKey(key));
            }
            var strings = presigned.stringsToSign(request);
            if (strings.stream()
                    .noneMatch(text -> Digests.same(PresignedV2.sign(secret, text), presigned.signature()))) {
                throw protocol.authentication(
                        new AuthFailure.Mismatch(key, presigned.signature(), strings.getFirst(), ""));
            }
        }
        var identity = new Identity(key, account(key), region, "s3");
        return new Authenticated(identity, payload(request, contentSha256(request), null, protocol));
    }

    private Authenticated signed(Request request, Signature signature, Protocol protocol) {
        var identity = new Identity(
                signature.accessKeyId(), account(signature.accessKeyId()), signature.region(), signature.service());
        if (signature.presigned()) {
            checkExpiry(signature, protocol);
        }
        if (mode == Mode.PERMISSIVE) {
            return new Authenticated(identity, payload(request, contentSha256(request), null, protocol));
        }
        if (!signature.presigned()) {
            checkSkew(signature, protocol);
        }
        var secret = secrets.secretOf(signature.accessKeyId());
        if (secret == null) {
            throw protocol.authentication(new AuthFailure.UnknownKey(signature.accessKeyId()));
        }
        return verified(request, new Verification(identity, signature, SigningKey.of(secret, signature)), protocol);
    }

    /** What is needed to verify one request. */
    private record Verification(Identity identity, Signature signature, SigningKey key) {}

    private Authenticated verified(Request request, Verification verification, Protocol protocol) {
        var signature = verification.signature;
        var contentSha256 = contentSha256(request);
        boolean s3 = signature.service().equals("s3");
        if (contentSha256 == null && !s3 && !signature.presigned()) {
            var body = read(request, protocol);
            verify(request, verification, Digests.sha256Hex(body), protocol);
            return new Authenticated(
                    verification.identity, new PlainPayload(body.length, new ByteArrayInputStream(body)));
        }
        if (s3) {
            var unsigned = CanonicalRequest.unsigned(request, signature);
            if (!unsigned.isEmpty()) {
                throw protocol.authentication(new AuthFailure.Unsigned(unsigned));
            }
        }
        var hash = contentSha256 != null ? contentSha256 : s3 ? UNSIGNED : Digests.EMPTY_SHA256;
        verify(request, verification, hash, protocol);
        var chunks = new ChunkSignatures(verification.key, signature);
        return new Authenticated(verification.identity, payload(request, contentSha256, chunks, protocol));
    }

    private static void verify(Request request, Verification verification, String hash, Protocol protocol) {
        var signature = verification.signature;
        var canonical = CanonicalRequest.of(request, signature, hash);
        var stringToSign = canonical.stringToSign(signature);
        if (!Digests.same(verification.key.sign(stringToSign), signature.signature())) {
            throw protocol.authentication(new AuthFailure.Mismatch(
                    signature.accessKeyId(), signature.signature(), stringToSign, canonical.text()));
        }
    }

    private static Payload payload(
            Request request, @Nullable String contentSha256, @Nullable ChunkSignatures chunks, Protocol protocol) {
        var body = request.body();
        if (contentSha256 == null || contentSha256.equals(UNSIGNED)) {
            return new PlainPayload(body.length(), body.stream());
        }
        if (contentSha256.startsWith("STREAMING-")) {
            return chunked(request, contentSha256, chunks, protocol);
        }
        if (contentSha256.length() != 64) {
            throw protocol.authentication(new AuthFailure.Malformed(
                    false,
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                            + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
                            + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
                            + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value."));
        }
        InputStream checked = new HashedInputStream(body.stream(), contentSha256, protocol::authentication);
        return new PlainPayload(body.length(), checked);
    }

    private static Payload chunked(
            Request request, String contentSha256, @Nullable ChunkSignatures chunks, Protocol protocol) {
        boolean signed = contentSha256.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        if (!signed && !contentSha256.equals("STREAMING-UNSIGNED-PAYLOAD-TRAILER")) {
            throw protocol.authentication(new AuthFailure.UnsupportedMechanism(contentSha256));
        }
        var declared = request.headers().first("x-amz-decoded-content-length");
        long decoded = declared == null ? -1 : length(declared, protocol);
        var framing = new Framing(decoded, contentSha256.endsWith("-TRAILER"), signed ? chunks : null);
        var stream = new AwsChunkedInputStream(request.body().stream(), framing, protocol::authentication);
        return new ChunkedPayload(decoded, stream);
    }

    private static long length(String text, Protocol protocol) {
        try {
            long length = Long.parseLong(text.strip());
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw protocol.badParameter("x-amz-decoded-content-length", text, long.class);
        }
        throw protocol.badParameter("x-amz-decoded-content-length", text, long.class);
    }

    private void checkExpiry(Signature signature, Protocol protocol) {
        var seconds = signature.expires();
        if (seconds == null) {
            return;
        }
        var now = clock.instant();
        var end = signature.time().plusSeconds(seconds);
        if (now.isAfter(end)) {
            throw protocol.authentication(new AuthFailure.Expired(seconds, end, now));
        }
        if (signature.time().isAfter(now.plus(SKEW))) {
            throw protocol.authentication(new AuthFailure.Skewed(signature.timestamp(), now));
        }
    }

    private void checkSkew(Signature signature, Protocol protocol) {
        Instant now = clock.instant();
        if (Duration.between(signature.time(), now).abs().compareTo(SKEW) > 0) {
            throw protocol.authentication(new AuthFailure.Skewed(signature.timestamp(), now));
        }
    }

    private static byte[] read(Request request, Protocol protocol) {
        try {
            var bytes = request.body().stream().readNBytes(LARGEST_HASHED_BODY + 1);
            if (bytes.length > LARGEST_HASHED_BODY) {
                throw protocol.badParameter("Content-Length", "> " + LARGEST_HASHED_BODY, long.class);
            }
            return bytes;
        } catch (IOException e) {
            throw protocol.authentication(
                    new AuthFailure.IncompleteBody(request.body().length(), 0));
        }
    }

    /** A 12-digit access key names its account; any other belongs to the stack's. */
    private String account(String accessKeyId) {
        boolean isAccount = accessKeyId.length() == 12 && accessKeyId.chars().allMatch(c -> c >= '0' && c <= '9');
        return isAccount ? accessKeyId : accountId;
    }

    private static @Nullable String contentSha256(Request request) {
        var header = request.headers().first("x-amz-content-sha256");
        if (header != null) {
            return header.strip();
        }
        return request.query().first("X-Amz-Content-Sha256");
    }
}
