package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumAlgorithmTest {
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    })
    void checkValueOfItsSpecification(ChecksumAlgorithm algorithm, String expected) {
        var checksum = algorithm.start();
        checksum.update("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9);

        var value = checksum.value();

        assertThat(HexFormat.of().formatHex(value)).isEqualTo(expected);
        assertThat(value).hasSize(algorithm.bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 4095, 16383, 16384, 16385, 16391, 50_000, 131_072})
    void crc64OfManyLengthsIsThatOfTheBitwiseDefinition(int length) {
        var bytes = new byte[length + 3];
        new Random(length).nextBytes(bytes);
        var checksum = ChecksumAlgorithm.CRC64NVME.start();
        checksum.update(bytes, 3, length);

        assertThat(new BigInteger(1, checksum.value()).longValue()).isEqualTo(bitwise(bytes, 3, length));
    }

    @Test
    void crc64InPiecesIsThatOfTheWhole() {
        var bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        var whole = new Crc64Nvme();
        var pieces = new Crc64Nvme();

        whole.update(bytes, 0, bytes.length);
        for (int at = 0, piece = 1; at < bytes.length; at += piece, piece = piece * 3 % 30_011) {
            pieces.update(bytes, at, Math.min(piece, bytes.length - at));
        }

        assertThat(pieces.value()).isEqualTo(whole.value());
    }

    private static long bitwise(byte[] bytes, int offset, int length) {
        long crc = -1;
        for (int i = offset; i < offset + length; i++) {
            crc ^= bytes[i] & 255;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x9A6C9329AC4BC9B5L;
            }
        }
        return ~crc;
    }
}
