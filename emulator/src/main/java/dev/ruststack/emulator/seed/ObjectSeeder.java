package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.aws.InProcess.Answer;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.configuration.BucketTagging;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts the declared objects of one bucket over what is there. One that is there as it is declared is left alone: a bucket
 * with versions gets no new one, and no function hears of anything.
 */
final class ObjectSeeder {
    private static final String CHECKSUM = ChecksumAlgorithm.CRC64NVME.header();
    private static final DocumentSetting.Name TAGGING = new DocumentSetting.Name("objects", "tagging", "ObjectTagging");

    private final Calls s3;
    private final String bucket;

    /** Whether S3 asks for a digest of what is put, since it may be locked. */
    private final boolean vouched;

    private final Set<String> keys = new HashSet<>();

    ObjectSeeder(Calls s3, String bucket) throws IOException {
        this.s3 = s3;
        this.bucket = bucket;
        this.vouched = s3.call("GET", "/" + bucket + "?object-lock").ok();
    }

    /** The keys of all declared objects so far. */
    Set<String> keys() {
        return keys;
    }

    void put(ObjectDeclaration object) throws SeedException, IOException {
        keys.add(object.key());
        var target = "/" + bucket + "/" + PercentEncoding.encodePath(object.key());
        var found = s3.call("HEAD", target, Headers.of("x-amz-checksum-mode", "ENABLED"), RequestBody.of(new byte[0]));
        if (found.ok() && isThere(object, found)) {
            return;
        }
        var headers = object.headers()
                .set("Content-Length", Long.toString(object.content().length()));
        if (vouched) {
            headers.set(CHECKSUM, object.content().checksum());
        }
        try (var in = object.content().open()) {
            var body = new Sent(object.content().length(), in);
            Calls.require(s3.call("PUT", target, headers.build(), body), "PutObject " + object.key());
        }
    }

    /** Asks for what costs least first. */
    private boolean isThere(ObjectDeclaration object, Answer found) throws SeedException, IOException {
        var told = found.headers();
        return Long.toString(object.content().length()).equals(told.first("Content-Length"))
                && object.isToldBy(told)
                && hasTags(object, told)
                && object.content().checksum().equals(told.first(CHECKSUM));
    }

    private boolean hasTags(ObjectDeclaration object, Headers told) throws SeedException, IOException {
        int count = Integer.parseInt(told.first("x-amz-tagging-count", "0"));
        if (count != object.tags().size()) {
            return false;
        }
        var path = bucket + "/" + PercentEncoding.encodePath(object.key());
        var current = count == 0 ? BucketTagging.NONE : DocumentSetting.read(s3, path, TAGGING, BucketTagging.class);
        return current != null && object.hasTags(current.tagSet());
    }

    /** An object on its way into the bucket. */
    private record Sent(long length, InputStream stream) implements RequestBody {}
}
