package dev.ruststack.emulator.s3.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a bucket's uploads.
 *
 * @param truncated whether more follow
 * @param nextKey the last key or common prefix of the page; empty where nothing follows
 * @param nextUploadId the last upload of the page; empty where nothing follows, or the last was a common prefix
 */
public record UploadListing(
        List<MultipartUpload> uploads,
        List<String> commonPrefixes,
        boolean truncated,
        String nextKey,
        String nextUploadId) {

    /**
     * Which uploads to list.
     *
     * @param key only uploads of keys after this one, and of this one those after {@code uploadId}; empty for all
     * @param limit the greatest number of uploads and common prefixes together
     */
    public record Request(String prefix, String delimiter, String key, String uploadId, int limit) {}

    /** The page; there are so few uploads that those of other prefixes are gone through. */
    public static UploadListing of(Uploads uploads, Request request) {
        var found = new ArrayList<MultipartUpload>();
        var prefixes = new ArrayList<String>();
        var nextKey = "";
        var nextUploadId = "";
        for (var upload : uploads.after(request.key, request.uploadId)) {
            var key = upload.start().key();
            var rolledUp = rolledUp(key, request);
            boolean seen = rolledUp != null
                    && (rolledUp.equals(request.key) || (!prefixes.isEmpty() && rolledUp.equals(prefixes.getLast())));
            if (!key.startsWith(request.prefix) || seen) {
                continue;
            }
            if (found.size() + prefixes.size() == request.limit) {
                return new UploadListing(found, prefixes, request.limit > 0, nextKey, nextUploadId);
            }
            if (rolledUp == null) {
                found.add(upload);
                nextKey = key;
                nextUploadId = upload.start().uploadId();
            } else {
                prefixes.add(rolledUp);
                nextKey = rolledUp;
                nextUploadId = "";
            }
        }
        return new UploadListing(found, prefixes, false, "", "");
    }

    private static @Nullable String rolledUp(String key, Request request) {
        if (request.delimiter.isEmpty()) {
            return null;
        }
        int end = key.indexOf(request.delimiter, request.prefix.length());
        return end < 0 ? null : key.substring(0, end + request.delimiter.length());
    }
}
