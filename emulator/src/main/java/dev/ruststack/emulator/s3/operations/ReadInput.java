package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.s3.Preconditions;
import dev.ruststack.emulator.s3.S3Error;
import org.jspecify.annotations.Nullable;

/** What GetObject and HeadObject are asked: both take the same. */
public record ReadInput(
        @HttpLabel String bucket,
        @HttpLabel String key,
        @HttpHeader("If-Match") @Nullable String ifMatch,
        @HttpHeader("If-Modified-Since") @Nullable String ifModifiedSince,
        @HttpHeader("If-None-Match") @Nullable String ifNoneMatch,
        @HttpHeader("If-Unmodified-Since") @Nullable String ifUnmodifiedSince,
        @HttpHeader("Range") @Nullable String range,
        @HttpQuery("response-cache-control") @Nullable String responseCacheControl,
        @HttpQuery("response-content-disposition") @Nullable String responseContentDisposition,
        @HttpQuery("response-content-encoding") @Nullable String responseContentEncoding,
        @HttpQuery("response-content-language") @Nullable String responseContentLanguage,
        @HttpQuery("response-content-type") @Nullable String responseContentType,
        @HttpQuery("response-expires") @Nullable String responseExpires,
        @HttpQuery("versionId") @Nullable String versionId,
        @HttpQuery("partNumber") @Nullable Integer partNumber,
        @HttpHeader("x-amz-expected-bucket-owner") @Nullable String expectedBucketOwner,

        @HttpHeaderGroup(CustomerKeyHeaders.PREFIX) @Nullable
        CustomerKeyHeaders customerKey,

        @HttpHeader("x-amz-checksum-mode") @Nullable String checksumMode) {

    Preconditions preconditions() {
        return new Preconditions(ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince);
    }

    boolean overridesHeaders() {
        return responseCacheControl != null
                || responseContentDisposition != null
                || responseContentEncoding != null
                || responseContentLanguage != null
                || responseContentType != null
                || responseExpires != null;
    }

    /** Refuses overrides that no header can hold. */
    void checkOverrides() {
        checkOverride("response-cache-control", responseCacheControl);
        checkOverride("response-content-disposition", responseContentDisposition);
        checkOverride("response-content-encoding", responseContentEncoding);
        checkOverride("response-content-language", responseContentLanguage);
        checkOverride("response-content-type", responseContentType);
        checkOverride("response-expires", responseExpires);
    }

    private static void checkOverride(String name, @Nullable String value) {
        if (value != null && !value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7F && c <= 0xFF)) {
            throw S3Error.invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
        }
    }

    boolean wantsChecksum() {
        return checksumMode != null && checksumMode.equalsIgnoreCase("ENABLED");
    }
}
