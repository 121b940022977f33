package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The CRC of parts is that of all their bytes. */
class JoinedCrcTest {
    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void theChecksumOfPartsIsThatOfAllBytes(ChecksumAlgorithm algorithm) {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            var joined = JoinedCrc.of(algorithm);
            append(joined, algorithm, Arrays.copyOf(bytes, from));
            append(joined, algorithm, Arrays.copyOfRange(bytes, from, to));
            append(joined, algorithm, Arrays.copyOfRange(bytes, to, bytes.length));

            assertThat(joined.value()).isEqualTo(crc(algorithm, bytes));
        }
    }

    private static void append(JoinedCrc joined, ChecksumAlgorithm algorithm, byte[] part) {
        joined.append(crc(algorithm, part), part.length);
    }

    private static byte[] crc(ChecksumAlgorithm algorithm, byte[] bytes) {
        var running = algorithm.start();
        running.update(bytes, 0, bytes.length);
        return running.value();
    }
}
