package dev.ruststack.emulator.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    @TempDir
    Path folder;

    private Map<String, String> read() throws IOException {
        var numbers = new Numbers();
        Journal.open(folder, numbers).close();
        return numbers.values;
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.sorted().toList();
        }
    }

    private Path fill(int records) throws IOException {
        var numbers = new Numbers();
        try (var journal = Journal.open(folder, numbers)) {
            for (int i = 0; i < records; i++) {
                numbers.change(journal, "key" + i, "value" + i);
            }
        }
        return folder.resolve("0.log");
    }

    @Test
    void whatWasAppendedIsThereAgain() throws IOException {
        fill(3);

        assertThat(read()).containsOnlyKeys("key0", "key1", "key2").containsEntry("key2", "value2");
    }

    @Test
    void aTailThatIsTornAnywhereIsCutOffAndNothingBefore() throws IOException {
        var log = fill(4);
        var whole = Files.readAllBytes(log);
        var ends = new ArrayList<Integer>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                ends.add(i + 1);
            }
        }

        for (int length = 0; length <= whole.length; length++) {
            int torn = length;
            Files.write(log, Arrays.copyOf(whole, length));
            long records = Math.max(0, ends.stream().filter(end -> end <= torn).count() - 1);

            assertThat(read()).as("cut at %s", length).hasSize((int) records);
            assertThat(read()).as("read again").hasSize((int) records);
        }
    }

    @Test
    void whatStandsAfterACrashInsteadOfTheTailIsNoRecord() throws IOException {
        var log = fill(4);
        var random = new Random(7);
        var whole = Files.readAllBytes(log);
        for (int round = 0; round < 200; round++) {
            var garbage = new byte[1 + random.nextInt(300)];
            if (round % 2 == 0) {
                random.nextBytes(garbage);
            }
            Files.write(log, whole);
            Files.write(log, garbage, StandardOpenOption.APPEND);

            assertThat(read()).hasSize(4);
            assertThat(log).hasSize(whole.length);
        }
    }

    @Test
    void goesOnAfterATornTail() throws IOException {
        var log = fill(2);
        Files.writeString(log, "0123abcd {\"half\":", StandardOpenOption.APPEND);
        var numbers = new Numbers();
        try (var journal = Journal.open(folder, numbers)) {
            numbers.change(journal, "more", "1");
        }

        assertThat(read()).containsOnlyKeys("key0", "key1", "more");
    }

    @Test
    void damageInTheMiddleIsRefusedAndNothingIsCutOff() throws IOException {
        var log = fill(3);
        var bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(log + " is damaged at byte");
        assertThat(Files.readAllBytes(log)).isEqualTo(bytes);
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Files.write(folder.resolve("0.log"), Line.of("{\"format\":2}".getBytes(UTF_8)));

        assertThatThrownBy(this::read).hasMessageContaining("another version of RustStack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.log", "2.log"})
    void aLogThatIsMissingIsRefused(String missing) throws IOException {
        fill(1);
        for (var name : List.of("1.log", "2.log", "3.log")) {
            Files.copy(folder.resolve("0.log"), folder.resolve(name));
        }
        Files.delete(folder.resolve(missing));

        assertThatThrownBy(this::read).hasMessageContaining(missing + " is missing");
    }

    @Test
    void aStateThatWasNotFinishedDoesNotCount() throws IOException {
        fill(2);
        Files.copy(folder.resolve("0.log"), folder.resolve("1.log"));
        Files.writeString(folder.resolve("1.unfinished"), "half");

        assertThat(read()).hasSize(2);
        assertThat(folder.resolve("1.unfinished")).doesNotExist();
    }

    @Test
    void growsNoFurtherThanItsStateAsksFor() throws IOException {
        var numbers = new Numbers();
        try (var journal = Journal.open(folder, numbers, 10_000)) {
            for (int i = 0; i < 50_000; i++) {
                numbers.change(journal, "key" + i % 10, "value" + i);
            }
            await().untilAsserted(() -> assertThat(files()).hasSize(3));
            numbers.change(journal, "last", "1");
        }

        assertThat(read()).hasSize(11).containsEntry("key9", "value49999");
    }

    @Test
    void writersDoNotLoseAnythingToTheStateThatIsWrittenOutMeanwhile() throws Exception {
        var numbers = new Numbers();
        try (var journal = Journal.open(folder, numbers, 20_000);
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 8; writer++) {
                var random = new Random(writer);
                var own = "w" + writer + "-";
                writers.submit(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        var removed = random.nextInt(4) == 0;
                        numbers.change(journal, own + random.nextInt(200), removed ? "" : "v" + i);
                    }
                });
            }
        }

        assertThat(read()).isEqualTo(new TreeMap<>(numbers.values)).isNotEmpty();
    }

    @Test
    void someRoomIsKeptFreeForWhatGivesRoomBack() throws IOException {
        var reserve = folder.resolve("reserve");
        Journal.open(folder, new Numbers()).close();
        assertThat(reserve).hasSize(64 * 1024);

        assertThat(new JournalFolder(folder).useReserve()).isTrue();
        assertThat(new JournalFolder(folder).useReserve()).isFalse();
        assertThat(reserve).doesNotExist();

        Journal.open(folder, new Numbers()).close();
        assertThat(reserve).exists();
    }

    @Test
    void nothingIsTakenAfterTheEnd() throws IOException {
        var journal = Journal.open(folder, new Numbers());
        journal.close();

        assertThatThrownBy(() -> journal.append("a:b".getBytes(UTF_8))).hasMessageContaining("closed");
    }
}
