package dev.ruststack.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "operator-metrics.md");

    private final OperatorMetrics metrics = new OperatorMetrics();

    @Test
    void stacksAreCountedByState() {
        metrics.seen("a", OperatorMetrics.State.STARTING, 0);
        metrics.seen("a", OperatorMetrics.State.READY, 2);
        metrics.seen("b", OperatorMetrics.State.READY, 1);
        metrics.seen("c", OperatorMetrics.State.STALLED, 0);

        assertThat(metrics.text())
                .contains("ruststack_stacks{state=\"ready\"} 2.0", "ruststack_stacks{state=\"stalled\"} 1.0")
                .contains("ruststack_stacks{state=\"starting\"} 0.0", "ruststack_runner_pods 3.0");

        metrics.forget("a");
        assertThat(metrics.text()).contains("ruststack_stacks{state=\"ready\"} 1.0", "ruststack_runner_pods 1.0");
    }

    @Test
    void everyMetricIsInTheDocument() throws IOException {
        metrics.becameReady(Duration.ofSeconds(3));
        var names = metrics.text()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toSet());

        assertThat(names).isNotEmpty();
        assertThat(Files.readString(DOCUMENT))
                .contains(names.stream().map(name -> "`" + name).toList());
    }
}
