package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.StorageClass;
import dev.ruststack.emulator.s3.store.ObjectMetadata;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The headers of a PUT or COPY that are kept and returned. AWS: S3 User Guide, System-defined object metadata. */
record SystemHeaders(
        @Nullable String contentType,
        @Nullable String cacheControl,
        @Nullable String contentDisposition,
        @Nullable String contentEncoding,
        @Nullable String contentLanguage,
        @Nullable String expires,
        @Nullable String websiteRedirectLocation) {

    /** The metadata to keep; values that S3 does not take are refused. */
    ObjectMetadata metadata(@Nullable String storageClass, Map<String, String> user) {
        if (websiteRedirectLocation != null && !isLocation(websiteRedirectLocation)) {
            throw S3Error.INVALID_ARGUMENT.saying(
                    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
        }
        return new ObjectMetadata(
                contentType == null || contentType.isEmpty() ? ObjectMetadata.DEFAULT_CONTENT_TYPE : contentType,
                cacheControl,
                contentDisposition,
                withoutChunking(contentEncoding),
                contentLanguage,
                expires,
                websiteRedirectLocation,
                StorageClass.parse(storageClass),
                UserMetadata.checked(user));
    }

    private static boolean isLocation(String text) {
        return text.startsWith("/") || text.startsWith("http://") || text.startsWith("https://");
    }

    /** {@code aws-chunked} describes the transfer, not the object. */
    private static @Nullable String withoutChunking(@Nullable String encodings) {
        if (encodings == null || !encodings.contains("aws-chunked")) {
            return encodings;
        }
        var kept = Arrays.stream(encodings.split(","))
                .map(String::strip)
                .filter(encoding -> !encoding.isEmpty() && !encoding.equals("aws-chunked"))
                .collect(Collectors.joining(","));
        return kept.isEmpty() ? null : kept;
    }
}
