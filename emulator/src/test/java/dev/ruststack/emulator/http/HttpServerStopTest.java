package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpServerStopTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    @Test
    void runningRequestFinishesAndIdleConnectionsClose() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var server = http.start(request -> {
            entered.countDown();
            release.await();
            return Response.of(200, "text/plain", Body.of("done"));
        });
        var busy = http.connect(server).send(GET);
        entered.await();
        var idle = http.connect(server);

        var closing = Thread.ofVirtual().start(server::close);
        assertThat(idle.isClosedByServer()).isTrue();
        assertThatThrownBy(() -> new RawClient(server.port()).close()).isInstanceOf(ConnectException.class);
        release.countDown();

        var reply = busy.receive();
        assertThat(reply.text()).isEqualTo("done");
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(busy.isClosedByServer()).isTrue();
        assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void requestThatDoesNotEndInTimeIsCutOffAndItsThreadInterrupted() throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        var entered = new CountDownLatch(1);
        var server = http.start(config -> Configs.withLimits(config, 10, Duration.ofMillis(100)), request -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return Response.of(200);
        });
        var client = http.connect(server).send(GET);
        entered.await();

        server.close();

        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
    }

    @Test
    void noThreadIsLeftAndClosingAgainIsHarmless() throws Exception {
        var before = eventLoops();
        var server =
                HttpServer.start(HttpServerConfig.of("leftover", HttpFixture.HOST, 0), request -> Response.of(200));
        http.connect(server).send(GET).receive();
        assertThat(eventLoops()).isNotEmpty();

        server.close();
        server.close();

        await().untilAsserted(() -> assertThat(eventLoops()).isSubsetOf(before));
    }

    private static List<String> eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("http-\\d+-\\d+"))
                .toList();
    }

    @Test
    void portIsFreeAtOnceForTheNext() throws Exception {
        var first = http.start(request -> Response.of(200, "text/plain", Body.of("first")));
        http.connect(first).send(GET).receive();
        first.close();

        var second = http.start(
                config -> HttpServerConfig.of("second", HttpFixture.HOST, first.port()),
                request -> Response.of(200, "text/plain", Body.of("second")));

        assertThat(http.connect(second).send(GET).receive().text()).isEqualTo("second");
    }

    @Test
    void connectionAboveTheLimitIs503() throws Exception {
        var server =
                http.start(config -> Configs.withLimits(config, 3, Duration.ofSeconds(8)), request -> Response.of(200));
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 3; i++) {
            var client = http.connect(server);
            assertThat(client.send(GET).receive().status()).isEqualTo(200);
            clients.add(client);
        }

        var refused = http.connect(server).send(GET);
        assertThat(refused.receive().status()).isEqualTo(503);
        assertThat(refused.isClosedByServer()).isTrue();

        refused.close();
        clients.getFirst().close();
        await().untilAsserted(() -> {
            try (var next = new RawClient(server.port())) {
                assertThat(next.send(GET).receive().status()).isEqualTo(200);
            }
        });
    }
}
