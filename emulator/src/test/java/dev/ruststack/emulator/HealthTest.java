package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedReport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whether clients may come is another question than whether everything is there. */
class HealthTest {
    private static final String REFUSED = "CreateBucket: InvalidBucketName: no";

    private final StackState state = new StackState(Clock.systemUTC());
    private final AtomicBoolean dynamoDbAnswers = new AtomicBoolean(true);
    private final Health health = new Health(state, dynamoDbAnswers::get);

    @Test
    void anEmulatorIsStartedOnceSeedingCameToItsEndWhateverBecameOfOneItem() {
        assertThat(health.notStarted()).isEqualTo("not seeded yet");

        seededWithFailure();

        assertThat(health.notStarted()).isNull();
        assertThat(health.notReady()).isEqualTo("Bucket uploads: " + REFUSED);
    }

    @Test
    void withoutDynamoDbNobodyShouldCome() {
        seededWithFailure();

        dynamoDbAnswers.set(false);

        assertThat(health.notStarted()).isEqualTo("DynamoDB Local does not answer yet");
        assertThat(health.notReady()).isEqualTo("DynamoDB Local does not answer yet");
    }

    @Test
    void oneThatStopsSaysSoAtOnceAlsoToThoseWhoWait() throws InterruptedException {
        health.stopping();

        assertThat(health.await(health::notStarted, Duration.ofMinutes(5))).isEqualTo("the emulator is stopping");
    }

    @Test
    void whoWaitsIsToldAsSoonAsItIsStarted() throws InterruptedException {
        Thread.ofVirtual().start(this::seededWithFailure);

        assertThat(health.await(health::notStarted, Duration.ofMinutes(5))).isNull();
    }

    private void seededWithFailure() {
        var ticket = state.requested("sha256:1");
        state.begun(
                ticket, JsonMapper.shared().readValue("{\"buckets\": [{\"name\": \"uploads\"}]}", RustStackSpec.class));
        health.seeded();
        var failed = SeedItem.failed("Bucket", "uploads", "SeedFailed", REFUSED);
        state.finished(ticket, new SeedReport("sha256:1", 1, List.of(failed)));
    }
}
