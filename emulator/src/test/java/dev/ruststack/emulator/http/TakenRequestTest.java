package dev.ruststack.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that a handler takes on the event loop, to answer them later. */
class TakenRequestTest {
    private static final String GET = "GET /taken HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final HttpFixture http = new HttpFixture();

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    /** Takes what has arrived whole and is for {@code /taken}; answers the rest with {@code handled}. */
    private final ExchangeHandler handler = new ExchangeHandler() {
        @Override
        public Response handle(Request request) throws Exception {
            request.body().stream().readAllBytes();
            return text("handled");
        }

        @Override
        public boolean take(Request request, Reply reply) {
            if (request.rawPath().equals("/broken")) {
                throw new IllegalStateException("broken");
            }
            return request.rawPath().equals("/taken") && replies.add(reply);
        }
    };

    private static Response text(String text) {
        return Response.of(200, "text/plain", Body.of(text));
    }

    private Reply taken() throws InterruptedException {
        var reply = replies.poll(20, TimeUnit.SECONDS);
        assertThat(reply).isNotNull();
        return reply;
    }

    @Test
    void isAnsweredByAnyThreadAtAnyTime() throws Exception {
        var client = http.connect(http.start(handler)).send(GET);

        taken().send(text("later"));

        assertThat(client.receive().text()).isEqualTo("later");
    }

    @Test
    void theNextRequestOfTheConnectionWaitsForTheAnswer() throws Exception {
        var client = http.connect(http.start(handler)).send(GET + GET);

        taken().send(text("first"));
        taken().send(text("second"));

        assertThat(client.receive().text()).isEqualTo("first");
        assertThat(client.receive().text()).isEqualTo("second");
    }

    @Test
    void aBodyThatIsStillOnItsWayIsLeftToAThread() throws Exception {
        var client = http.connect(http.start(handler))
                .send("POST /taken HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        assertThat(client.receive().status()).isEqualTo(100);

        client.send("body");

        assertThat(client.receive().text()).isEqualTo("handled");
    }

    @Test
    void whatIsNotTakenIsLeftToAThread() throws Exception {
        var client = http.connect(http.start(handler)).send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(client.receive().text()).isEqualTo("handled");
    }

    @Test
    void aLargeAnswerIsSentWholeWhileTheClientIsSlow() throws Exception {
        var client = http.connect(http.start(handler)).send(GET);
        var large = new byte[6 * 1024 * 1024];
        large[large.length - 1] = 'x';

        taken().send(Response.of(200, "application/octet-stream", Body.of(large)));

        assertThat(client.receive().body()).isEqualTo(large);
    }

    @Test
    void aHandlerThatFailsMakesABare500() throws Exception {
        var client = http.connect(http.start(handler)).send("GET /broken HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(client.receive().status()).isEqualTo(500);
    }
}
