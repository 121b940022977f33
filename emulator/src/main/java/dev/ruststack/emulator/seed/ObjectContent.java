package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The bytes of a declared object, which can be read more than once. */
interface ObjectContent {
    long length() throws IOException;

    InputStream open() throws IOException;

    static ObjectContent of(byte[] bytes) {
        return new ObjectContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    static ObjectContent of(Path file) {
        return new ObjectContent() {
            @Override
            public long length() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }

    /** What S3 computes of bytes for which a client names nothing else, as it stands in headers. */
    default String checksum() throws IOException {
        var checksum = ChecksumAlgorithm.CRC64NVME.start();
        var buffer = new byte[64 * 1024];
        try (var in = open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
            }
        }
        return Base64.getEncoder().encodeToString(checksum.value());
    }
}
