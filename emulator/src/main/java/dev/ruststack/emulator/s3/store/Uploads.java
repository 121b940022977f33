package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.S3Error;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The multipart uploads of a bucket that are under way, in the order in which S3 lists them. */
public final class Uploads {
    private final Map<String, MultipartUpload> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Place, MultipartUpload> sorted = new ConcurrentSkipListMap<>();

    /** By key, and those of one key by when they began. AWS: S3 API Reference, ListMultipartUploads. */
    private record Place(byte[] key, Instant initiated, String uploadId) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::key, Arrays::compareUnsigned)
                .thenComparing(Place::initiated)
                .thenComparing(Place::uploadId);

        static Place of(MultipartUpload.Start start) {
            return new Place(start.key().getBytes(StandardCharsets.UTF_8), start.initiated(), start.uploadId());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    void add(MultipartUpload upload) {
        byId.put(upload.start().uploadId(), upload);
        sorted.put(Place.of(upload.start()), upload);
    }

    /** Forgets an upload that has ended. */
    void remove(MultipartUpload upload) {
        byId.remove(upload.start().uploadId());
        sorted.remove(Place.of(upload.start()));
    }

    /** The upload of this key, or null. */
    @Nullable
    MultipartUpload find(String key, String uploadId) {
        var upload = byId.get(uploadId);
        return upload == null || !upload.start().key().equals(key) ? null : upload;
    }

    /** The upload of this key; throws {@link S3Error#NO_SUCH_UPLOAD}. */
    public MultipartUpload require(String key, String uploadId) {
        var upload = find(key, uploadId);
        if (upload == null) {
            throw S3Error.NO_SUCH_UPLOAD.with("UploadId", uploadId);
        }
        return upload;
    }

    /**
     * Those after a key, and after an upload of this key where its id is given and known.
     *
     * @param uploadId empty for every upload of the key to be left out
     */
    public Collection<MultipartUpload> after(String key, String uploadId) {
        if (key.isEmpty()) {
            return sorted.values();
        }
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        var marker = uploadId.isEmpty() ? null : find(key, uploadId);
        var from = marker == null
                ? new Place(Arrays.copyOf(bytes, bytes.length + 1), Instant.MIN, "")
                : Place.of(marker.start());
        return sorted.tailMap(from, marker == null).values();
    }

    /** All of them. */
    List<MultipartUpload> all() {
        return List.copyOf(sorted.values());
    }
}
