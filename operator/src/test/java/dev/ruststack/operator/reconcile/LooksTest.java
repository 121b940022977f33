package dev.ruststack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final ResourceID ONE = new ResourceID("one", "shop");
    private static final ResourceID OTHER = new ResourceID("other", "shop");

    private final List<ResourceID> woken = new CopyOnWriteArrayList<>();
    private final Looks looks = new Looks(woken::add, Duration.ofMillis(500));

    @AfterEach
    void close() {
        looks.close();
    }

    @Test
    void newsThatCanWaitIsGatheredIntoOneLook() {
        looks.soon(ONE);
        looks.soon(ONE);
        looks.soon(OTHER);

        await().until(() -> woken.size() >= 2);
        assertThat(woken).containsExactlyInAnyOrder(ONE, OTHER);
    }

    @Test
    void aLookThatBeginsIsDoneWithWhatWasPutOffAndNewsAfterItIsNewAgain() {
        looks.soon(ONE);
        looks.begins(ONE);
        looks.soon(OTHER);

        await().until(() -> woken.contains(OTHER));
        assertThat(woken).containsExactly(OTHER);
        looks.soon(ONE);
        await().until(() -> woken.contains(ONE));
    }

    @Test
    void aLookThatIsImminentCoversWhatCouldWait() {
        looks.soon(ONE);
        looks.now(ONE);
        looks.soon(ONE);
        looks.soon(OTHER);

        await().until(() -> woken.contains(OTHER));
        assertThat(woken).containsExactly(ONE, OTHER);
    }
}
