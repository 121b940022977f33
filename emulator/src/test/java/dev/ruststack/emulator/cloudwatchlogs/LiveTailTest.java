package dev.ruststack.emulator.cloudwatchlogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.lambda.FunctionStack;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsAsyncClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LiveTailSessionLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LiveTailSessionStart;
import software.amazon.awssdk.services.cloudwatchlogs.model.LiveTailSessionUpdate;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.SessionTimeoutException;
import software.amazon.awssdk.services.cloudwatchlogs.model.StartLiveTailRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.StartLiveTailResponseHandler;
import software.amazon.awssdk.services.cloudwatchlogs.model.StartLiveTailResponseStream;

/** StartLiveTail through the SDK's asynchronous client. */
class LiveTailTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final LiveTails TAILS = new LiveTails(Duration.ofSeconds(30), Duration.ofMillis(50));

    @TempDir
    static Path directory;

    static FunctionStack stack;
    static CloudWatchLogsClient logs;
    static CloudWatchLogsAsyncClient live;

    @BeforeAll
    static void start() throws Exception {
        stack = new FunctionStack(
                directory,
                UnaryOperator.identity(),
                (stack, authenticator) ->
                        new LogsService(new LogGroups(stack.logs(), Clock.systemUTC()), TAILS, authenticator));
        logs = stack.client(CloudWatchLogsClient.builder());
        live = stack.client(CloudWatchLogsAsyncClient.builder()
                .overrideConfiguration(configuration ->
                        configuration.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)));
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    /** What one session hears, and how it ends. */
    private static final class Session implements AutoCloseable {
        private final List<LiveTailSessionStart> starts = new CopyOnWriteArrayList<>();
        private final List<LiveTailSessionUpdate> updates = new CopyOnWriteArrayList<>();
        private volatile Subscription subscription;
        private final CompletableFuture<Void> done;

        Session(Consumer<StartLiveTailRequest.Builder> request) {
            done = live.startLiveTail(
                    request,
                    StartLiveTailResponseHandler.builder()
                            .onEventStream(this::subscribe)
                            .build());
        }

        private void subscribe(SdkPublisher<StartLiveTailResponseStream> events) {
            events.subscribe(new org.reactivestreams.Subscriber<>() {
                @Override
                public void onSubscribe(Subscription given) {
                    subscription = given;
                    given.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(StartLiveTailResponseStream event) {
                    event.accept(StartLiveTailResponseHandler.Visitor.builder()
                            .onSessionStart(starts::add)
                            .onSessionUpdate(updates::add)
                            .build());
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onComplete() {}
            });
        }

        Session awaitStart() {
            await().atMost(LONG).until(() -> !updates.isEmpty() || done.isDone());
            assertThat(starts).hasSize(1);
            return this;
        }

        List<String> messages() {
            return updates.stream()
                    .flatMap(update -> update.sessionResults().stream())
                    .map(LiveTailSessionLogEvent::message)
                    .toList();
        }

        @Override
        public void close() {
            var given = subscription;
            if (given != null) {
                given.cancel();
            }
        }
    }

    private static String group(String... streams) {
        var name = "/live/" + UUID.randomUUID();
        logs.createLogGroup(request -> request.logGroupName(name));
        for (var stream : streams) {
            logs.createLogStream(request -> request.logGroupName(name).logStreamName(stream));
        }
        return name;
    }

    private static String arn(String group) {
        return "arn:aws:logs:us-east-1:000000000000:log-group:" + group;
    }

    private static void put(String group, String stream, List<String> lines) {
        long now = System.currentTimeMillis();
        logs.putLogEvents(request -> request.logGroupName(group)
                .logStreamName(stream)
                .logEvents(lines.stream()
                        .map(line -> InputLogEvent.builder()
                                .timestamp(now)
                                .message(line)
                                .build())
                        .toList()));
    }

    @Test
    void aSessionTellsWhatItLooksAtAndThenWhatIsWritten() {
        var group = group("s");
        put(group, "s", List.of("from before"));
        try (var session = new Session(request -> request.logGroupIdentifiers(arn(group))).awaitStart()) {
            put(group, "s", List.of("one", "two"));

            await().atMost(LONG).until(() -> session.messages().size() == 2);

            assertThat(session.messages()).containsExactly("one", "two");
            var start = session.starts.getFirst();
            assertThat(start.logGroupIdentifiers()).containsExactly(arn(group));
            assertThat(start.sessionId()).isNotEmpty();
            assertThat(start.requestId()).isNotEmpty();
            var event = session.updates.stream()
                    .flatMap(update -> update.sessionResults().stream())
                    .findFirst()
                    .orElseThrow();
            assertThat(event.logGroupIdentifier()).isEqualTo(arn(group));
            assertThat(event.logStreamName()).isEqualTo("s");
            assertThat(event.ingestionTime()).isPositive();
        }
    }

    @Test
    void streamsAndPatternsChoose() {
        var group = group("web-1", "job-1");
        try (var pattern = new Session(request ->
                                request.logGroupIdentifiers(arn(group)).logEventFilterPattern("ERROR"))
                        .awaitStart();
                var named = new Session(request ->
                                request.logGroupIdentifiers(arn(group)).logStreamNames("job-1"))
                        .awaitStart();
                var prefixed = new Session(request ->
                                request.logGroupIdentifiers(arn(group)).logStreamNamePrefixes("web"))
                        .awaitStart()) {
            put(group, "web-1", List.of("ERROR web", "fine web"));
            put(group, "job-1", List.of("ERROR job", "fine job"));

            await().atMost(LONG).until(() -> pattern.messages().size() == 2);
            await().atMost(LONG).until(() -> named.messages().size() == 2);
            await().atMost(LONG).until(() -> prefixed.messages().size() == 2);
            assertThat(pattern.messages()).containsExactlyInAnyOrder("ERROR web", "ERROR job");
            assertThat(named.messages()).containsExactly("ERROR job", "fine job");
            assertThat(prefixed.messages()).containsExactly("ERROR web", "fine web");
        }
    }

    @Test
    void moreThanFiveHundredLinesAreSampled() {
        var group = group("s");
        try (var session = new Session(request -> request.logGroupIdentifiers(arn(group))).awaitStart()) {
            put(group, "s", IntStream.range(0, 2000).mapToObj(Integer::toString).toList());

            await().atMost(LONG).until(() -> session.messages().size() >= 500);

            var large = session.updates.stream()
                    .filter(update -> !update.sessionResults().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(large.sessionMetadata().sampled()).isTrue();
            assertThat(large.sessionResults()).hasSize(500);
        }
    }

    @Test
    void aCallerThatGoesAwayLeavesNothing() {
        var group = group("s");
        await().atMost(LONG).until(() -> TAILS.size() == 0);
        new Session(request -> request.logGroupIdentifiers(arn(group)))
                .awaitStart()
                .close();

        await().atMost(LONG).until(() -> TAILS.size() == 0);
    }

    @Test
    void sixteenSessionsAreTooMany() {
        var group = group("s");
        await().atMost(LONG).until(() -> TAILS.size() == 0);
        var sessions = new ArrayList<Session>();
        try {
            for (int i = 0; i < 15; i++) {
                sessions.add(new Session(request -> request.logGroupIdentifiers(arn(group))).awaitStart());
            }
            assertThat(failure(request -> request.logGroupIdentifiers(arn(group))))
                    .isInstanceOf(LimitExceededException.class);
        } finally {
            sessions.forEach(Session::close);
        }
    }

    private static Throwable failure(Consumer<StartLiveTailRequest.Builder> request) {
        try {
            new Session(request).done.get(60, TimeUnit.SECONDS);
            return new AssertionError("no failure");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void whatCannotBeTailedIsRefused() {
        var group = group("s");
        assertThat(failure(request -> request.logGroupIdentifiers(arn("/none"))))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThat(failure(request -> request.logGroupIdentifiers(group)))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(failure(request -> request.logGroupIdentifiers(arn(group) + ":*")))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(failure(request ->
                        request.logGroupIdentifiers(arn(group), arn(group("t"))).logStreamNames("s")))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(failure(request -> request.logGroupIdentifiers(arn(group)).logEventFilterPattern("{")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aSessionEndsAfterItsTime() throws Exception {
        var tails = new LiveTails(Duration.ofMillis(200), Duration.ofMillis(50));
        var own = new FunctionStack(
                directory.resolve("short"),
                UnaryOperator.identity(),
                (stack, authenticator) ->
                        new LogsService(new LogGroups(stack.logs(), Clock.systemUTC()), tails, authenticator));
        try (own) {
            own.client(CloudWatchLogsClient.builder()).createLogGroup(request -> request.logGroupName("g"));
            var client = own.client(CloudWatchLogsAsyncClient.builder()
                    .overrideConfiguration(configuration -> configuration.putAdvancedOption(
                            SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)));
            var done = client.startLiveTail(
                    request -> request.logGroupIdentifiers(arn("g")),
                    StartLiveTailResponseHandler.builder().subscriber(_ -> {}).build());

            assertThatThrownBy(() -> done.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(SessionTimeoutException.class);
            assertThat(tails.size()).isZero();
        }
    }
}
