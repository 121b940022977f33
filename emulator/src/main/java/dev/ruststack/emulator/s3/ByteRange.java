package dev.ruststack.emulator.s3;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of an object of which at least one byte exists. AWS: S3 API Reference, GetObject (Range); RFC 9110,
 * section 14.
 *
 * @param first the offset of the first byte
 * @param length the number of bytes, at least 1
 * @param size the size of the object
 */
public record ByteRange(long first, long length, long size) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=\\s*(\\d*)-(\\d*)\\s*");

    public ByteRange {
        if (first < 0 || length < 1 || first + length > size) {
            throw new IllegalArgumentException(first + "+" + length + " of " + size);
        }
    }

    /**
     * The part of an object that a Range header asks for; null for all of it: S3 ignores what it cannot understand,
     * several ranges, and a range that ends before it begins.
     *
     * @throws dev.ruststack.emulator.aws.AwsException {@link S3Error#INVALID_RANGE} where no byte of it exists
     */
    public static @Nullable ByteRange parse(@Nullable String header, long size) {
        var match = ONE_RANGE.matcher(header == null ? "" : header);
        if (header == null || !match.matches()) {
            return null;
        }
        var from = match.group(1);
        var to = match.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? null : suffix(number(to), size, header);
        }
        long first = number(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (last < first) {
            return null;
        }
        if (first >= size) {
            throw notSatisfiable(size, header);
        }
        return new ByteRange(first, Math.min(last, size - 1) - first + 1, size);
    }

    private static ByteRange suffix(long count, long size, String header) {
        if (count == 0 || size == 0) {
            throw notSatisfiable(size, header);
        }
        long length = Math.min(count, size);
        return new ByteRange(size - length, length, size);
    }

    private static RuntimeException notSatisfiable(long size, String header) {
        return S3Error.INVALID_RANGE.with("RangeRequested", header).with("ActualObjectSize", Long.toString(size));
    }

    /** Numbers beyond 63 bits are beyond every object. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** As it stands in the Content-Range header. */
    public String contentRange() {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
