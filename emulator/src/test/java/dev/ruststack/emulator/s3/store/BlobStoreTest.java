package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.S3Error;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoreTest {
    @TempDir
    Path directory;

    private BlobStore blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = new BlobStore(directory, 1 << 20);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private StoredBlob store(byte[] content) throws IOException {
        return blobs.store(new ByteArrayInputStream(content), ChecksumAlgorithm.CRC32);
    }

    private byte[] read(Blob blob) throws IOException {
        try (var in = blobs.read(blob)) {
            return in.readAllBytes();
        }
    }

    private long files() throws IOException {
        try (var list = Files.list(directory)) {
            return list.count();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 1_000_000})
    void givesBackWhatItTook(int length) throws IOException {
        var content = random(length);

        var blob = store(content).blob();

        assertThat(blob.size()).isEqualTo(length);
        assertThat(read(blob)).isEqualTo(content);
    }

    @Test
    void computesDigestsOnTheWay() throws IOException {
        var stored = store("123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(stored.md5())).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThat(stored.checksum().value()).isEqualTo("y/Q5Jg==");
    }

    @Test
    void smallContentNeedsNoFile() throws IOException {
        store(random(BlobStore.SMALL));

        assertThat(files()).isZero();
    }

    @Test
    void smallContentBeyondTheBudgetGoesToFiles() throws IOException {
        for (int i = 0; i < 20; i++) {
            store(random(BlobStore.SMALL));
        }

        assertThat(blobs.inMemory()).isEqualTo(16 * BlobStore.SMALL);
        assertThat(files()).isEqualTo(4);
    }

    @Test
    void releasingFreesMemoryAndFiles() throws IOException {
        var small = store(random(100)).blob();
        var large = store(random(100_000)).blob();

        blobs.release(small);
        blobs.release(large);

        assertThat(blobs.inMemory()).isZero();
        assertThat(files()).isZero();
        assertThatThrownBy(() -> blobs.body(large, 0, 10)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aReaderKeepsReadingWhatWasReleased() throws IOException {
        var content = random(200_000);
        var blob = store(content).blob();

        try (var body = (Body.FileRange) blobs.body(blob, 100_000, 50)) {
            blobs.release(blob);
            var read = ByteBuffer.allocate(50);
            assertThat(body.file().read(read, body.offset())).isEqualTo(50);

            assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(content, 100_000, 50));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void aSharedBlobOutlivesTheFirst(int length) throws IOException {
        var content = random(length);
        var first = store(content).blob();

        var second = blobs.share(first);
        blobs.release(first);

        assertThat(read(second)).isEqualTo(content);
        blobs.release(second);
        assertThat(files()).isZero();
        assertThat(blobs.inMemory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300_000})
    void aClientThatGoesAwayLeavesNothingBehind(int sent) throws IOException {
        var gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("gone");
            }
        };
        var content = new SequenceInputStream(new ByteArrayInputStream(random(sent)), gone);

        assertThatThrownBy(() -> blobs.store(content, ChecksumAlgorithm.CRC32)).isInstanceOf(EOFException.class);

        assertThat(files()).isZero();
        assertThat(blobs.inMemory()).isZero();
    }

    @Test
    void aDirectoryThatCannotTakeBytesIsServiceUnavailable() throws IOException {
        Files.delete(directory);

        assertThatThrownBy(() -> store(random(100_000)))
                .asInstanceOf(InstanceOfAssertFactories.type(AwsException.class))
                .satisfies(error -> assertThat(error.code()).isEqualTo(S3Error.SERVICE_UNAVAILABLE))
                .satisfies(error -> assertThat(error.text()).doesNotContain(directory.toString()));
        Files.createDirectory(directory);
    }

    @Test
    void openingRemovesWhatAnEarlierStoreLeft() throws IOException {
        store(random(100_000));

        new BlobStore(directory, 0);

        assertThat(files()).isZero();
    }

    @Test
    void computesAnotherChecksumOfWhatItHas() throws IOException {
        var blob = store(random(300_000)).blob();
        var again = blobs.store(blobs.read(blob), ChecksumAlgorithm.SHA256);

        assertThat(blobs.checksum(blob, ChecksumAlgorithm.SHA256)).isEqualTo(again.checksum());
    }

    @Test
    void whoCannotReadAPartKeepsNoneOfThem() throws IOException {
        var first = store(random(70_000)).blob();
        var gone = store(random(80_000)).blob();
        var whole = new Blob.InParts(List.of(gone, first));
        blobs.release(gone);

        assertThatThrownBy(() -> read(whole)).isInstanceOf(NoSuchFileException.class);
        blobs.release(whole);

        assertThat(files()).isZero();
    }
}
