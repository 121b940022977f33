package dev.ruststack.emulator.s3.store;

import dev.ruststack.emulator.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads blobs in parts. Who reads one keeps its parts from being freed until it is done, and has the file of one part
 * open at a time.
 */
final class PartReader {
    private final BlobStore blobs;

    PartReader(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Keeps the parts of a blob from being freed until it is closed, which it may be several times. */
    private final class Lease implements AutoCloseable {
        private final Blob.InParts whole;
        private final AtomicBoolean left = new AtomicBoolean();

        Lease(Blob.InParts whole) throws NoSuchFileException {
            if (!whole.join()) {
                throw new NoSuchFileException("the parts of a blob that was released");
            }
            this.whole = whole;
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                blobs.release(whole);
            }
        }
    }

    /** A range, to be sent. */
    Body body(Blob.InParts whole, long offset, long length) throws NoSuchFileException {
        var bodies = new ArrayList<Body>();
        long at = offset;
        for (int index = whole.indexOf(offset); at < offset + length; index++) {
            var part = whole.parts().get(index);
            long from = at - (whole.end(index) - part.size());
            long count = Math.min(part.size() - from, offset + length - at);
            if (count > 0) {
                bodies.add(new Body.Deferred(new Range(new Lease(whole), part, from, count), count));
            }
            at += count;
        }
        return new Body.Sequence(bodies);
    }

    private final class Range implements Body.Source {
        private final Lease lease;
        private final Blob part;
        private final long offset;
        private final long length;

        Range(Lease lease, Blob part, long offset, long length) {
            this.lease = lease;
            this.part = part;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public Body open() throws IOException {
            return blobs.body(part, offset, length);
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    /** All of it, to be read here. */
    InputStream read(Blob.InParts whole) throws NoSuchFileException {
        return new PartStream(new Lease(whole), whole.parts().iterator());
    }

    private final class PartStream extends InputStream {
        private final Lease lease;
        private final Iterator<Blob> rest;
        private @Nullable InputStream current;

        PartStream(Lease lease, Iterator<Blob> rest) {
            this.lease = lease;
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (length > 0) {
                var part = current;
                if (part == null) {
                    if (!rest.hasNext()) {
                        return -1;
                    }
                    current = blobs.read(rest.next());
                    continue;
                }
                int count = part.read(bytes, offset, length);
                if (count >= 0) {
                    return count;
                }
                part.close();
                current = null;
            }
            return 0;
        }

        @Override
        public void close() throws IOException {
            try (lease) {
                if (current != null) {
                    current.close();
                }
            }
        }
    }

    /** A blob of the same bytes with an owner of its own. */
    Blob share(Blob.InParts whole) throws IOException {
        var shared = new ArrayList<Blob>(whole.parts().size());
        boolean complete = false;
        var lease = new Lease(whole);
        try {
            for (var part : whole.parts()) {
                shared.add(blobs.share(part));
            }
            complete = true;
            return new Blob.InParts(shared);
        } finally {
            lease.close();
            if (!complete) {
                shared.forEach(blobs::release);
            }
        }
    }
}
