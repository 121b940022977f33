package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.BucketTag;
import dev.ruststack.crds.bucket.ObjectSpec;
import dev.ruststack.crds.bucket.ObjectsFrom;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.s3.Tag;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object to be put: its key and what its headers are.
 *
 * @param system the headers that S3 gives back as they are, without those that are not declared
 * @param metadata by names in lower case, without prefix
 */
record ObjectDeclaration(
        String key, Headers system, Map<String, String> metadata, List<Tag> tags, ObjectContent content) {
    private static final String METADATA = "x-amz-meta-";
    private static final String ENCODED = "=?UTF-8?B?";
    private static final String DEFAULT_TYPE = "binary/octet-stream";
    private static final List<String> SYSTEM = List.of(
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Expires",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");

    /** What the JDK does not know of the files that applications keep in buckets. */
    private static final Map<String, String> MORE_TYPES = Map.of(
            "json", "application/json",
            "js", "text/javascript",
            "css", "text/css",
            "svg", "image/svg+xml",
            "webp", "image/webp",
            "md", "text/markdown",
            "csv", "text/csv",
            "yaml", "application/yaml",
            "wasm", "application/wasm");

    /**
     * An object that is written out.
     *
     * @param fileName of the file it comes from, which may tell its type; null where there is none
     */
    static ObjectDeclaration of(ObjectSpec object, @Nullable String fileName, ObjectContent content) {
        var type = object.contentType() == null && fileName != null ? contentType(fileName) : object.contentType();
        var system = Headers.builder()
                .setIfPresent("Content-Type", type)
                .setIfPresent("Cache-Control", object.cacheControl())
                .setIfPresent("Content-Disposition", object.contentDisposition())
                .setIfPresent("Content-Encoding", object.contentEncoding())
                .setIfPresent("Content-Language", object.contentLanguage())
                .setIfPresent("Expires", object.expires())
                .setIfPresent("x-amz-storage-class", object.storageClass())
                .setIfPresent("x-amz-website-redirect-location", object.websiteRedirectLocation());
        return of(object.key(), system.build(), object.metadata(), object.tags(), content);
    }

    /** One of many objects; {@code path} is its place in what they are taken from. */
    static ObjectDeclaration of(ObjectsFrom from, String path, ObjectContent content) {
        var system = Headers.builder()
                .setIfPresent("Content-Type", contentType(path.substring(path.lastIndexOf('/') + 1)))
                .setIfPresent("Cache-Control", from.cacheControl());
        return of(from.keyPrefix() + path, system.build(), from.metadata(), from.tags(), content);
    }

    private static ObjectDeclaration of(
            String key, Headers system, Map<String, String> metadata, List<BucketTag> tags, ObjectContent content) {
        var named = new HashMap<String, String>();
        metadata.forEach((name, value) -> named.put(name.toLowerCase(Locale.ROOT), value));
        return new ObjectDeclaration(key, system, named, BucketDocuments.tags(tags), content);
    }

    private static @Nullable String contentType(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var known = MORE_TYPES.get(extension);
        return known == null ? URLConnection.guessContentTypeFromName(name) : known;
    }

    /** The headers it is put with, but those of its bytes. */
    Headers.Builder headers() {
        var headers = system.toBuilder();
        metadata.forEach((name, value) -> headers.set(METADATA + name, value));
        if (!tags.isEmpty()) {
            headers.set(
                    "x-amz-tagging",
                    tags.stream()
                            .map(tag -> encoded(tag.key()) + "=" + encoded(tag.value()))
                            .collect(Collectors.joining("&")));
        }
        return headers;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether S3 tells of an object all that is declared but its bytes and tags, and no more. */
    boolean isToldBy(Headers told) {
        var type = system.first("Content-Type", DEFAULT_TYPE);
        return type.equals(told.first("Content-Type"))
                && SYSTEM.stream().allMatch(name -> value(system, name).equals(value(told, name)))
                && metadata.equals(metadata(told));
    }

    /** Nothing said means the standard class. */
    private static String value(Headers headers, String name) {
        return headers.first(name, name.equals("x-amz-storage-class") ? "STANDARD" : "");
    }

    private static Map<String, String> metadata(Headers told) {
        var metadata = new HashMap<String, String>();
        told.withPrefix(METADATA).forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), decoded(value)));
        return metadata;
    }

    /** S3 gives values that are not ASCII back as RFC 2047 has it. */
    private static String decoded(String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith("?=")) {
            return value;
        }
        var bytes = Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - 2));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean hasTags(List<Tag> others) {
        return new HashSet<>(tags).equals(new HashSet<>(others));
    }
}
