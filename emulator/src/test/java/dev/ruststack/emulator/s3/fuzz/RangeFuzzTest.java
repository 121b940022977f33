package dev.ruststack.emulator.s3.fuzz;

import static dev.ruststack.emulator.s3.fuzz.FuzzedS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

/** Ranges beside a model: what is one range of bytes is answered with those, what is none with everything. */
class RangeFuzzTest {
    @RegisterExtension
    static final FuzzedS3 S3 = new FuzzedS3();

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
    private static final List<Integer> SIZES = List.of(0, 1, 10, 70_000);
    private static final List<String> WORDS = List.of(
            "bytes", "=", "-", ",", "0-0,1-1", "items=", " ", "9223372036854775807", "18446744073709551616", "-0");

    private static byte[] content(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @BeforeAll
    static void putObjects() {
        for (int size : SIZES) {
            S3.s3().client().putObject(r -> r.bucket(BUCKET).key("of-" + size), RequestBody.fromBytes(content(size)));
        }
    }

    @Test
    void everyRangeIsAnsweredByItsBytes() {
        Fuzz.run(1_000, random -> {
            int size = SIZES.get(random.nextInt(SIZES.size()));
            var range = range(random, size);
            var answer = S3.send("GET", "/" + BUCKET + "/of-" + size, Map.of("Range", range), new byte[0]);
            compare(range, content(size), answer);
        });
    }

    private static String range(Random random, int size) {
        var range = "bytes=" + bound(random, size) + "-" + bound(random, size);
        return random.nextInt(3) == 0 ? new Mutations(random, WORDS).of(range).replaceAll("[^ -~]", "") : range;
    }

    private static String bound(Random random, int size) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> Long.toString(random.nextLong(Long.MAX_VALUE / 10));
            case 2 -> Integer.toString(size);
            default -> Integer.toString(random.nextInt(size + 2));
        };
    }

    private static void compare(String range, byte[] content, FuzzedS3.Answer answer) throws IOException {
        var one = ONE.matcher(range);
        if (answer.status() == 416) {
            assertThat(answer.text()).contains("<Code>InvalidRange</Code>");
            assertThat(one.matches() && satisfiable(one.group(1), one.group(2), content.length))
                    .as("%s of %d", range, content.length)
                    .isFalse();
            return;
        }
        if (answer.status() == 200) {
            assertThat(answer.body()).isEqualTo(content);
            boolean valid = one.matches() && satisfiable(one.group(1), one.group(2), content.length);
            assertThat(valid).as("%s of %d", range, content.length).isFalse();
            return;
        }
        assertThat(answer.status()).as(range).isEqualTo(206);
        var told = CONTENT_RANGE.matcher(answer.header("Content-Range"));
        assertThat(told.matches()).as(answer.header("Content-Range")).isTrue();
        int first = Integer.parseInt(told.group(1));
        int last = Integer.parseInt(told.group(2));
        assertThat(Integer.parseInt(told.group(3))).isEqualTo(content.length);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
        if (one.matches()) {
            assertThat(List.of(first, last)).as(range).isEqualTo(due(one.group(1), one.group(2), content.length));
        }
    }

    private static boolean satisfiable(String first, String last, int size) {
        if (first.isEmpty()) {
            return !last.isEmpty() && Long.parseLong(last) > 0 && size > 0;
        }
        boolean ordered = last.isEmpty() || Long.parseLong(first) <= Long.parseLong(last);
        return ordered && Long.parseLong(first) < size;
    }

    private static List<Integer> due(String first, String last, int size) {
        if (first.isEmpty()) {
            return List.of((int) Math.max(0, size - Long.parseLong(last)), size - 1);
        }
        long end = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        return List.of(Integer.parseInt(first), (int) end);
    }
}
