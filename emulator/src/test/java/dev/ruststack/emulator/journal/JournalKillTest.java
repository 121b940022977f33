package dev.ruststack.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends all the time and writes its state out several times a second, killed at any moment. */
class JournalKillTest {
    private static final int KEYS = Numbers.THREADS * Numbers.KEYS;

    @TempDir
    Path folder;

    @RepeatedTest(8)
    void whatWasAcknowledgedIsThereAgain(RepetitionInfo round) throws Exception {
        var acknowledged = writeUntilKilled(200 + new Random(round.getCurrentRepetition()).nextInt(5_000));

        var numbers = new Numbers();
        Journal.open(folder, numbers).close();

        for (int key = 0; key < KEYS; key++) {
            int last = acknowledged.get(key);
            assertThat(numbers.values.getOrDefault("k" + key, ""))
                    .as("k%s after %s", key, last)
                    .isIn(text(last), text(last + 1));
        }
    }

    private static String text(int number) {
        return number % Numbers.GONE == 0 ? "" : Integer.toString(number);
    }

    /** Kills the process after so many acknowledgements; returns the last one of each key. */
    private AtomicIntegerArray writeUntilKilled(int acknowledgements) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Numbers.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var last = new AtomicIntegerArray(KEYS);
        int seen = 0;
        try (var output = process.inputReader()) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                var parts = line.split(" ");
                last.set(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                if (++seen == acknowledgements) {
                    // Not by the process itself, which would close the stream too.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(seen).isGreaterThanOrEqualTo(acknowledgements);
        return last;
    }
}
