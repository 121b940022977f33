package dev.ruststack.emulator.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a record stands in a file: the CRC32C of its JSON as eight hexadecimal digits, a space, the JSON, a line feed,
 * which JSON itself has none of. So a file can be read by eye, and what a crash has torn is told from what is whole.
 */
final class Line {
    private static final int PREFIX = 9;
    private static final HexFormat HEX = HexFormat.of();

    private Line() {}

    static byte[] of(byte[] json) {
        var line = new byte[PREFIX + json.length + 1];
        var checksum = HEX.toHexDigits(checksum(json, 0, json.length)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, line, 0, checksum.length);
        line[PREFIX - 1] = ' ';
        System.arraycopy(json, 0, line, PREFIX, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The JSON of a line, given without its line feed; null where it is not whole. */
    static byte @Nullable [] json(byte[] line, int from, int to) {
        if (to - from <= PREFIX || line[from + PREFIX - 1] != ' ') {
            return null;
        }
        var digits = new String(line, from, PREFIX - 1, StandardCharsets.US_ASCII);
        if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        int json = from + PREFIX;
        return HexFormat.fromHexDigits(digits) == checksum(line, json, to - json)
                ? Arrays.copyOfRange(line, json, to)
                : null;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
