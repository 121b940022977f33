package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** What S3 says of a signature or a framing that does not hold. AWS: S3 API Reference, Error responses. */
final class AuthErrors {
    private static final HexFormat SPACED_HEX = HexFormat.ofDelimiter(" ");
    private static final int MAX_SKEW_MILLISECONDS = 15 * 60 * 1000;

    private AuthErrors() {}

    static AwsException of(AuthFailure failure) {
        return switch (failure) {
            case AuthFailure.Malformed(var inQuery, var text) -> malformed(inQuery, text);
            case AuthFailure.Missing() -> S3Error.ACCESS_DENIED.error();
            case AuthFailure.UnknownKey(var key) -> S3Error.INVALID_ACCESS_KEY_ID.with("AWSAccessKeyId", key);
            case AuthFailure.Mismatch mismatch -> mismatch(mismatch);
            case AuthFailure.Skewed(var requestTime, var serverTime) ->
                S3Error.REQUEST_TIME_TOO_SKEWED
                        .with("RequestTime", requestTime)
                        .with("ServerTime", seconds(serverTime))
                        .with("MaxAllowedSkewMilliseconds", Integer.toString(MAX_SKEW_MILLISECONDS));
            case AuthFailure.Expired expired -> expired(expired);
            case AuthFailure.Unsigned(var headers) ->
                S3Error.ACCESS_DENIED
                        .saying("There were headers present in the request which were not signed")
                        .with("HeadersNotSigned", String.join(", ", headers));
            case AuthFailure.PayloadHashMismatch(var signed, var calculated) ->
                S3Error.X_AMZ_CONTENT_SHA256_MISMATCH
                        .with("ClientComputedContentSHA256", signed)
                        .with("S3ComputedContentSHA256", calculated);
            case AuthFailure.ChunkMismatch(var key) -> S3Error.SIGNATURE_DOES_NOT_MATCH.with("AWSAccessKeyId", key);
            case AuthFailure.MalformedChunk(var text) -> S3Error.INCOMPLETE_BODY.saying(text);
            case AuthFailure.IncompleteBody(var announced, var received) ->
                S3Error.INCOMPLETE_BODY
                        .with("NumberBytesExpected", Long.toString(announced))
                        .with("NumberBytesReceived", Long.toString(received));
            case AuthFailure.UnsupportedMechanism(var mechanism) ->
                S3Error.INVALID_REQUEST.saying(
                        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
        };
    }

    private static AwsException expired(AuthFailure.Expired expired) {
        var error = S3Error.ACCESS_DENIED.saying("Request has expired");
        if (expired.seconds() > 0) {
            error.with("X-Amz-Expires", Long.toString(expired.seconds()));
        }
        return error.with("Expires", seconds(expired.expires())).with("ServerTime", seconds(expired.serverTime()));
    }

    private static AwsException malformed(boolean inQuery, String text) {
        return inQuery
                ? S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR.saying(text)
                : S3Error.AUTHORIZATION_HEADER_MALFORMED.saying("The authorization header is malformed; " + text);
    }

    private static AwsException mismatch(AuthFailure.Mismatch mismatch) {
        return S3Error.SIGNATURE_DOES_NOT_MATCH
                .with("AWSAccessKeyId", mismatch.accessKeyId())
                .with("StringToSign", mismatch.stringToSign())
                .with("SignatureProvided", mismatch.signature())
                .with("StringToSignBytes", bytes(mismatch.stringToSign()))
                .with("CanonicalRequest", mismatch.canonicalRequest())
                .with("CanonicalRequestBytes", bytes(mismatch.canonicalRequest()));
    }

    private static String seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String bytes(String text) {
        return SPACED_HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
