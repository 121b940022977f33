package dev.ruststack.emulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.seed.SeedReport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdminApiTest {
    private @Nullable String notReady;

    private record Waited(long after, long seconds) {}

    private final AdminApi api = new AdminApi("secret", new AdminApi.Stack() {
        @Override
        public @Nullable String notStarted(Duration wait) {
            return null;
        }

        @Override
        public @Nullable String notReady(Duration wait) {
            return wait.isZero() ? notReady : null;
        }

        @Override
        public Map<String, Object> info() {
            return Map.of("version", "1");
        }

        @Override
        public Record report() {
            return SeedReport.NOTHING;
        }

        @Override
        public Record seed(byte[] declaration) throws AdminApi.InvalidDeclarationException {
            throw new AdminApi.InvalidDeclarationException("seed:1:1: spec: is missing");
        }

        @Override
        public String seedBundle(byte[] gzip) throws AdminApi.InvalidDeclarationException {
            if (gzip.length == 0) {
                throw new AdminApi.InvalidDeclarationException("empty");
            }
            return "sha256:1";
        }

        @Override
        public Record state(long after, Duration wait) {
            return new Waited(after, wait.toSeconds());
        }

        @Override
        public boolean report(String sandboxId, byte[] report) {
            return sandboxId.equals("abc");
        }

        @Override
        public String metrics() {
            return "up 1\n";
        }

        @Override
        public Record reset() {
            return SeedReport.NOTHING;
        }

        @Override
        public @Nullable Body logs(String function, boolean follow, int tail) {
            return function.equals("there") ? Body.of("{}\n") : null;
        }

        @Override
        public Response invoke(String function, Request request) {
            return Response.of(200, "application/json", Body.of("\"" + function + "\""));
        }
    });

    private Response ask(String method, String target, byte[] body, String... headers) throws Exception {
        var parts = target.split("\\?", 2);
        return api.handle(new Request(
                method,
                "/_ruststack/v1/" + parts[0],
                parts.length > 1 ? parts[1] : "",
                Headers.of(headers),
                RequestBody.of(body),
                InetSocketAddress.createUnresolved("client", 1),
                false));
    }

    private Response put(byte[] bundle) throws Exception {
        return ask("PUT", "seed", bundle, "Authorization", "Bearer secret", "Content-Type", "application/gzip");
    }

    private Response authorized(String method, String target) throws Exception {
        return ask(method, target, new byte[0], "Authorization", "Bearer secret");
    }

    private static String text(Response response) {
        var bytes = (Body.Bytes) response.body();
        return new String(bytes.array(), bytes.offset(), bytes.size(), StandardCharsets.UTF_8);
    }

    @Test
    void anyoneMayAskWhetherItLivesAndIsReady() throws Exception {
        assertThat(ask("GET", "live", new byte[0]).status()).isEqualTo(200);
        assertThat(ask("GET", "ready", new byte[0]).status()).isEqualTo(200);
        assertThat(text(ask("GET", "metrics", new byte[0]))).isEqualTo("up 1\n");
        notReady = "Table orders: refused";

        var response = ask("GET", "ready", new byte[0]);

        assertThat(response.status()).isEqualTo(503);
        assertThat(text(response)).contains("Table orders: refused");
        assertThat(ask("GET", "started", new byte[0]).status())
                .as("clients may come, whatever became of one table")
                .isEqualTo(200);
    }

    @Test
    void whoAsksWhetherItIsReadyMayWait() throws Exception {
        notReady = "not seeded yet";

        assertThat(ask("GET", "ready?waitSeconds=3", new byte[0]).status()).isEqualTo(200);
        for (var wrong : new String[] {"-1", "61", "long"}) {
            var refused = ask("GET", "ready?waitSeconds=" + wrong, new byte[0]);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(text(refused)).contains("waitSeconds is 0 to 60");
        }
    }

    @Test
    void everythingElseNeedsTheToken() throws Exception {
        for (var target : new String[] {"seed", "logs/there", "nothing"}) {
            assertThat(ask("GET", target, new byte[0]).status()).as(target).isEqualTo(401);
            assertThat(ask("GET", target, new byte[0], "Authorization", "Bearer other")
                            .status())
                    .as(target)
                    .isEqualTo(401);
        }
        assertThat(ask("POST", "reset", new byte[0]).status()).isEqualTo(401);
        assertThat(authorized("GET", "seed").status()).isEqualTo(200);
        assertThat(authorized("POST", "reset").status()).isEqualTo(200);
    }

    @Test
    void aDeclarationThatCannotBeUsedIsRefusedWithItsMistakes() throws Exception {
        var refused = ask("PUT", "seed", "spec:".getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer secret");
        var large = ask("PUT", "seed", new byte[3 << 20], "Authorization", "Bearer secret");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("seed:1:1: spec: is missing");
        assertThat(large.status()).isEqualTo(413);
    }

    @Test
    void aBundleIsAcceptedAndSeededLater() throws Exception {
        assertThat(put(new byte[1]).status()).isEqualTo(202);
        assertThat(text(put(new byte[1]))).isEqualTo("{\"revision\":\"sha256:1\"}");
        assertThat(put(new byte[0]).status()).isEqualTo(400);
        assertThat(put(new byte[65 << 20]).status()).isEqualTo(413);
    }

    @Test
    void theStateIsWaitedForForAMinuteAtMost() throws Exception {
        assertThat(text(authorized("GET", "state"))).isEqualTo("{\"after\":-1,\"seconds\":0}");
        assertThat(text(authorized("GET", "state?after=7&waitSeconds=60"))).isEqualTo("{\"after\":7,\"seconds\":60}");
        assertThat(authorized("GET", "state?after=7&waitSeconds=61").status()).isEqualTo(400);
        assertThat(authorized("GET", "state?after=x").status()).isEqualTo(400);
        assertThat(ask("GET", "state", new byte[0]).status()).isEqualTo(401);
    }

    @Test
    void reportsAreAboutSandboxesThatAreWanted() throws Exception {
        assertThat(authorized("POST", "sandboxes/abc/report").status()).isEqualTo(204);
        assertThat(authorized("POST", "sandboxes/other/report").status()).isEqualTo(404);
    }

    @Test
    void logsAndInvocationsAreByFunction() throws Exception {
        assertThat(authorized("GET", "logs/there?tail=5").status()).isEqualTo(200);
        assertThat(authorized("GET", "logs/there?tail=x").status()).isEqualTo(400);
        assertThat(authorized("GET", "logs/other").status()).isEqualTo(404);
        assertThat(text(authorized("POST", "functions/f/invocations"))).isEqualTo("\"f\"");
        assertThat(authorized("DELETE", "seed").status()).isEqualTo(404);
    }
}
