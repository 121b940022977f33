package dev.ruststack.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts tell a mistake of theirs from a stack that is not Ready by the exit code. */
class WaitCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders --for=Deleted",
                "orders --timeout=9x",
                "orders --timeout=",
                "orders other",
                "orders --until"
            })
    void misuseIsExitCodeTwo(String arguments) {
        assertThat(WaitCommand.run(arguments.isEmpty() ? List.of() : List.of(arguments.split(" "))))
                .isEqualTo(2);
    }

    @Test
    void anApiServerThatDoesNotAnswerIsAskedUntilTheTimeIsOver() throws Exception {
        var asked = new AtomicInteger();
        try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(deaf, asked));
            System.setProperty("kubernetes.master", "http://127.0.0.1:" + deaf.getLocalPort());

            assertThat(WaitCommand.run(List.of("orders", "--namespace=shop", "--timeout=6s")))
                    .isEqualTo(1);
        } finally {
            System.clearProperty("kubernetes.master");
        }

        // The client itself asks twice.
        assertThat(asked).hasValueGreaterThan(2);
    }

    private static void hangUp(ServerSocket server, AtomicInteger asked) {
        try {
            while (true) {
                server.accept().close();
                asked.incrementAndGet();
            }
        } catch (IOException _) {
            // The test is over.
        }
    }
}
