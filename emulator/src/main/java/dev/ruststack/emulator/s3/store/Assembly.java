package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.s3.Checksum;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an object was made of the parts of a multipart upload.
 *
 * @param uploadId the upload: who completes it once more gets the same answer
 */
public record Assembly(String uploadId, List<Part> parts) {
    /** One part: its own number, which may leave gaps, its bytes, and its checksum. */
    public record Part(int number, long size, Checksum checksum) {}

    /** The offset of the first byte of a part, counted from 1 without gaps. */
    public long offset(int part) {
        return parts.subList(0, part - 1).stream().mapToLong(Part::size).sum();
    }

    Set<Integer> numbers() {
        return parts.stream().map(Part::number).collect(Collectors.toUnmodifiableSet());
    }

    public Assembly {
        parts = List.copyOf(parts);
    }
}
