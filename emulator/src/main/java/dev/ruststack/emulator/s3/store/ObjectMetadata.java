package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.StorageClass;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept with an object beside its bytes. AWS: S3 User Guide, Working with object metadata.
 *
 * @param user the names, without {@code x-amz-meta-} and in lower case, to the values as they were sent
 */
public record ObjectMetadata(
        String contentType,
        @Nullable String cacheControl,
        @Nullable String contentDisposition,
        @Nullable String contentEncoding,
        @Nullable String contentLanguage,
        @Nullable String expires,
        @Nullable String websiteRedirectLocation,
        StorageClass storageClass,
        Map<String, String> user) {

    /** The content type of what is stored without one. */
    public static final String DEFAULT_CONTENT_TYPE = "binary/octet-stream";

    public ObjectMetadata {
        user = Map.copyOf(user);
    }

    /** What a copy keeps: all but the storage class and the website redirect, which each request gives anew. */
    public ObjectMetadata copied(StorageClass newStorageClass, @Nullable String newWebsiteRedirectLocation) {
        return new ObjectMetadata(
                contentType,
                cacheControl,
                contentDisposition,
                contentEncoding,
                contentLanguage,
                expires,
                newWebsiteRedirectLocation,
                newStorageClass,
                user);
    }

    /** Metadata of a content type and nothing else but the user's. */
    public static ObjectMetadata of(String contentType, Map<String, String> user) {
        return new ObjectMetadata(contentType, null, null, null, null, null, null, StorageClass.STANDARD, user);
    }
}
