package dev.ruststack.emulator.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionLogTest {
    private final FunctionLogs logs = new FunctionLogs();
    private final FunctionLog log = logs.of("orders");

    @Test
    void followingStartsWithTheLastLines() throws Exception {
        append("one", "two", "three");

        var reader = log.follow(2);

        assertThat(read(reader)).containsExactly("two", "three");
        assertThat(read(reader)).isEmpty();
        append("four");
        assertThat(read(reader)).containsExactly("four");
    }

    @Test
    void whoWaitsGetsTheNextLine() throws Exception {
        var reader = log.follow(0);
        var writer = Thread.startVirtualThread(() -> append("next"));

        assertThat(reader.next(Duration.ofMinutes(1)))
                .extracting(LogLine::message)
                .containsExactly("next");
        writer.join();
    }

    @Test
    void oldLinesAreDroppedAndASlowReaderSkipsThem() throws Exception {
        var reader = log.follow(0);
        for (int i = 0; i < 10_005; i++) {
            append("line " + i);
        }

        assertThat(log.lines()).hasSize(10_000);
        assertThat(read(reader)).hasSize(10_000).first().isEqualTo("line 5");
    }

    @Test
    void longLinesAreBoundedByTheirSize() {
        var megabyte = "x".repeat(1024 * 1024);
        append(megabyte, megabyte, megabyte, megabyte, megabyte, megabyte);

        assertThat(log.lines()).hasSize(4);
    }

    @Test
    void clearingKeepsReadersInPlace() throws Exception {
        append("one");
        var reader = log.follow(10);

        logs.clear();
        append("two");

        assertThat(read(reader)).containsExactly("two");
        assertThat(logs.names()).containsExactly("orders");
    }

    private void append(String... messages) {
        for (var message : messages) {
            log.append(new LogLine(Instant.EPOCH, "stream", null, message));
        }
    }

    private static List<String> read(FunctionLog.Reader reader) throws InterruptedException {
        return reader.next(Duration.ZERO).stream().map(LogLine::message).toList();
    }
}
