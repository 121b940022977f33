package dev.ruststack.emulator.cloudwatchlogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.lambda.FunctionStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** CloudWatch Logs through the SDK, over what real functions write. */
class LogsServiceTest {
    @TempDir
    static Path directory;

    static FunctionStack stack;
    static CloudWatchLogsClient logs;
    static LambdaClient lambda;

    @BeforeAll
    static void start() throws Exception {
        stack = new FunctionStack(
                directory,
                UnaryOperator.identity(),
                (stack, authenticator) -> new LogsService(
                        new LogGroups(stack.logs(), Clock.systemUTC()), new LiveTails(), authenticator));
        logs = stack.client(CloudWatchLogsClient.builder());
        lambda = stack.client();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    private static String group() {
        var name = "/test/" + UUID.randomUUID();
        logs.createLogGroup(request -> request.logGroupName(name));
        return name;
    }

    /** A group with one stream, {@code s}, and these lines a millisecond apart. */
    private static String group(String... lines) {
        var group = group();
        logs.createLogStream(request -> request.logGroupName(group).logStreamName("s"));
        put(group, "s", lines);
        return group;
    }

    private static void put(String group, String stream, String... lines) {
        long now = Instant.now().toEpochMilli();
        var events = IntStream.range(0, lines.length)
                .mapToObj(i -> InputLogEvent.builder()
                        .timestamp(now + i)
                        .message(lines[i])
                        .build())
                .toList();
        logs.putLogEvents(
                request -> request.logGroupName(group).logStreamName(stream).logEvents(events));
    }

    private static List<String> messages(List<OutputLogEvent> events) {
        return events.stream().map(OutputLogEvent::message).toList();
    }

    @Test
    void whatAFunctionWritesIsInItsGroup() {
        var function = stack.python("def handler(event, context):\n    print('hello')");
        lambda.invoke(request -> request.functionName(function));
        var group = "/aws/lambda/" + function;

        var described = logs.describeLogGroups(request -> request.logGroupNamePrefix(group))
                .logGroups()
                .getFirst();
        var stream = logs.describeLogStreams(request -> request.logGroupName(group))
                .logStreams()
                .getFirst();
        var lines = messages(logs.getLogEvents(request -> request.logGroupName(group)
                        .logStreamName(stream.logStreamName())
                        .startFromHead(true))
                .events());

        assertThat(described.logGroupName()).isEqualTo(group);
        assertThat(described.arn()).isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:" + group + ":*");
        assertThat(described.logGroupArn()).isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:" + group);
        assertThat(described.creationTime()).isPositive();
        assertThat(described.storedBytes()).isPositive();
        assertThat(stream.logStreamName()).matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
        assertThat(stream.firstEventTimestamp()).isLessThanOrEqualTo(stream.lastEventTimestamp());
        assertThat(lines.get(0)).startsWith("INIT_START");
        assertThat(lines.get(1)).startsWith("START RequestId: ");
        assertThat(lines.get(2)).isEqualTo("hello");
        assertThat(lines.get(3)).startsWith("END RequestId: ");
        assertThat(lines.get(4)).startsWith("REPORT RequestId: ");
    }

    @Test
    void aFunctionWritesToTheGroupThatItIsGiven() {
        var group = group();
        var function = stack.python("def handler(event, context): print('to the group')");
        lambda.updateFunctionConfiguration(
                update -> update.functionName(function).loggingConfig(logging -> logging.logGroup(group)));

        lambda.invoke(request -> request.functionName(function));

        assertThat(logs.filterLogEvents(request -> request.logGroupName(group).filterPattern("\"to the\""))
                        .events())
                .singleElement()
                .satisfies(event -> assertThat(event.logStreamName()).contains("[$LATEST]"));
    }

    @Test
    void aFunctionThatHasNotRunHasNoGroup() {
        var function = stack.python("def handler(event, context): pass");

        assertThatThrownBy(() -> logs.filterLogEvents(request -> request.logGroupName("/aws/lambda/" + function)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The specified log group does not exist.");
    }

    /** As {@code aws logs tail --follow} does it: from a time on, again and again, told apart by the ids of events. */
    @Test
    void aFunctionsLinesCanBeFollowed() {
        var function = stack.python("def handler(event, context): print('number', event)");
        var group = "/aws/lambda/" + function;
        long since = Instant.now().toEpochMilli();
        var seen = new java.util.LinkedHashMap<String, String>();

        for (int i = 1; i <= 3; i++) {
            var event = software.amazon.awssdk.core.SdkBytes.fromUtf8String(Integer.toString(i));
            lambda.invoke(request -> request.functionName(function).payload(event));
            var expected = "number " + i;
            await().until(() -> {
                logs.filterLogEventsPaginator(request ->
                                request.logGroupName(group).startTime(since).limit(2))
                        .events()
                        .forEach(each -> seen.put(each.eventId(), each.message()));
                return seen.containsValue(expected);
            });
        }

        assertThat(seen.values().stream().filter(line -> line.startsWith("number")))
                .containsExactly("number 1", "number 2", "number 3");
    }

    @Test
    void eventsAreReadForwardsAndBackwardsFromAPlace() {
        var group = group("1", "2", "3", "4", "5");
        UnaryOperator<software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest.Builder> two =
                request -> request.logGroupName(group).logStreamName("s").limit(2);

        var last = logs.getLogEvents(request -> two.apply(request));
        var first = logs.getLogEvents(request -> two.apply(request).startFromHead(true));
        var second = logs.getLogEvents(request -> two.apply(request).nextToken(first.nextForwardToken()));
        var third = logs.getLogEvents(request -> two.apply(request).nextToken(second.nextForwardToken()));
        var end = logs.getLogEvents(request -> two.apply(request).nextToken(third.nextForwardToken()));
        var before = logs.getLogEvents(request -> two.apply(request).nextToken(last.nextBackwardToken()));

        assertThat(messages(last.events())).containsExactly("4", "5");
        assertThat(messages(first.events())).containsExactly("1", "2");
        assertThat(messages(second.events())).containsExactly("3", "4");
        assertThat(messages(third.events())).containsExactly("5");
        assertThat(end.events()).isEmpty();
        assertThat(end.nextForwardToken()).isEqualTo(third.nextForwardToken());
        assertThat(messages(before.events())).containsExactly("2", "3");
        put(group, "s", "6");
        assertThat(messages(logs.getLogEvents(request -> two.apply(request).nextToken(end.nextForwardToken()))
                        .events()))
                .containsExactly("6");
        assertThatThrownBy(() -> logs.getLogEvents(request -> two.apply(request).nextToken("nonsense")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void timesBoundWhatIsRead() {
        var group = group("1", "2", "3");
        var events = logs.getLogEvents(request -> request.logGroupName(group).logStreamName("s"))
                .events();
        long second = events.get(1).timestamp();

        assertThat(messages(logs.getLogEvents(request -> request.logGroupName(group)
                                .logStreamName("s")
                                .startTime(second)
                                .endTime(second + 1))
                        .events()))
                .containsExactly("2");
        assertThat(logs.filterLogEvents(request -> request.logGroupName(group).endTime(second))
                        .events())
                .extracting("message")
                .containsExactly("1", "2");
    }

    @Test
    void aFilterIsAPatternOverStreams() {
        var group = group("ERROR one", "fine");
        logs.createLogStream(request -> request.logGroupName(group).logStreamName("other"));
        put(group, "other", "ERROR two", "{\"level\": \"ERROR\", \"n\": 3}");

        assertThat(logs.filterLogEvents(request -> request.logGroupName(group).filterPattern("ERROR -level"))
                        .events())
                .extracting("message")
                .containsExactlyInAnyOrder("ERROR one", "ERROR two");
        assertThat(logs.filterLogEvents(request -> request.logGroupName(group)
                                .logStreamNamePrefix("oth")
                                .filterPattern("{ $.level = ERROR && $.n > 2 }"))
                        .events())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.logStreamName()).isEqualTo("other");
                    assertThat(event.eventId()).matches("\\d{56}");
                    assertThat(event.ingestionTime()).isPositive();
                });
        assertThat(logs.filterLogEvents(request -> request.logGroupName(group).logStreamNames("s"))
                        .events())
                .hasSize(2);
        assertThatThrownBy(() -> logs.filterLogEvents(
                        request -> request.logGroupName(group).filterPattern("{ broken")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void groupsHaveRetentionTagsAndPages() {
        var group = group();
        var arn = "arn:aws:logs:us-east-1:000000000000:log-group:" + group;
        logs.putRetentionPolicy(request -> request.logGroupName(group).retentionInDays(7));
        logs.tagResource(request -> request.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
        logs.untagResource(request -> request.resourceArn(arn).tagKeys("a"));

        assertThat(logs.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .isEqualTo(Map.of("b", "2"));
        var described = logs.describeLogGroups(request -> request.logGroupNamePrefix(group))
                .logGroups();
        assertThat(described).singleElement().returns(7, LogGroup::retentionInDays);
        logs.deleteRetentionPolicy(request -> request.logGroupName(group));
        assertThat(logs.describeLogGroups(request -> request.logGroupNamePattern(group.substring(8)))
                        .logGroups()
                        .getFirst()
                        .retentionInDays())
                .isNull();
        assertThatThrownBy(() -> logs.putRetentionPolicy(
                        request -> request.logGroupName(group).retentionInDays(2)))
                .isInstanceOf(InvalidParameterException.class);
        var more = List.of(group(), group(), group());
        var names = new ArrayList<String>();
        logs.describeLogGroupsPaginator(request -> request.limit(2))
                .logGroups()
                .forEach(each -> names.add(each.logGroupName()));
        assertThat(names).contains(group).containsAll(more).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void streamsAreListedByNameOrByTheirLastLine() {
        var group = group("early");
        logs.createLogStream(request -> request.logGroupName(group).logStreamName("a"));
        var late = Instant.now().plus(Duration.ofMinutes(1)).toEpochMilli();
        logs.putLogEvents(request -> request.logGroupName(group)
                .logStreamName("a")
                .logEvents(event -> event.timestamp(late).message("late")));

        assertThat(logs.describeLogStreams(request -> request.logGroupName(group))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("a", "s");
        assertThat(logs.describeLogStreams(request -> request.logGroupName(group)
                                .orderBy(OrderBy.LAST_EVENT_TIME)
                                .descending(true)
                                .limit(1))
                        .logStreams())
                .singleElement()
                .returns("a", LogStream::logStreamName)
                .returns(late, LogStream::lastEventTimestamp);
        logs.deleteLogStream(request -> request.logGroupName(group).logStreamName("a"));
        assertThat(logs.describeLogStreams(request -> request.logGroupName(group))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("s");
    }

    @Test
    void whatIsThereOrNotThereIsRefusedAsOnAws() {
        var group = group("line");

        assertThatThrownBy(() -> logs.createLogGroup(request -> request.logGroupName(group)))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        assertThatThrownBy(() -> logs.createLogStream(
                        request -> request.logGroupName(group).logStreamName("s")))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        assertThatThrownBy(() -> logs.createLogGroup(request -> request.logGroupName("no spaces")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> put(group, "nowhere", "x"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The specified log stream does not exist.");
        logs.deleteLogGroup(request -> request.logGroupName(group));
        assertThatThrownBy(() -> logs.deleteLogGroup(request -> request.logGroupName(group)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void linesTooOldOrTooNewAreToldOf() {
        var group = group("line");
        var now = Instant.now();
        var times = List.of(now.minus(Duration.ofDays(15)), now, now.plus(Duration.ofHours(3)));

        var rejected = logs.putLogEvents(request -> request.logGroupName(group)
                        .logStreamName("s")
                        .logEvents(times.stream()
                                .map(time -> InputLogEvent.builder()
                                        .timestamp(time.toEpochMilli())
                                        .message("at " + time)
                                        .build())
                                .toList()))
                .rejectedLogEventsInfo();

        assertThat(rejected.tooOldLogEventEndIndex()).isEqualTo(1);
        assertThat(rejected.tooNewLogEventStartIndex()).isEqualTo(2);
        assertThat(logs.filterLogEvents(request -> request.logGroupName(group)).events())
                .extracting("message")
                .containsExactly("line", "at " + now);
    }

    @Test
    void theOldestLinesGoWhereThereAreTooMany() {
        var group = group("the first");
        var lines = IntStream.range(0, 5_000).mapToObj(Integer::toString).toArray(String[]::new);
        put(group, "s", lines);
        put(group, "s", lines);

        var first = logs.getLogEvents(request ->
                        request.logGroupName(group).logStreamName("s").startFromHead(true))
                .events();

        assertThat(first).hasSize(10_000);
        assertThat(first.getFirst().message()).isEqualTo("0");
    }

    @Test
    void whatIsNotBuiltIsRefusedByName() throws Exception {
        assertThatThrownBy(() -> logs.describeMetricFilters())
                .isInstanceOfSatisfying(CloudWatchLogsException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(501);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
                    assertThat(e).hasMessageContaining("DescribeMetricFilters");
                });
        assertThat(raw("Nonsense", "{}")).contains("UnknownOperationException");
        assertThat(raw("CreateLogGroup", "{\"logGroupName\": \"x\", \"nonsense\": 1}"))
                .contains("NotImplemented", "nonsense");
        assertThat(raw("CreateLogGroup", "{")).contains("SerializationException");
        assertThat(raw("CreateLogGroup", "{}")).contains("InvalidParameterException", "logGroupName");
    }

    private static String raw(String operation, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(stack.endpoint() + "/"))
                    .header("X-Amz-Target", "Logs_20140328." + operation)
                    .header("Content-Type", "application/x-amz-json-1.1")
                    .header("X-Amz-Date", "20261123T000000Z")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=AKIDTEST/20261123/us-east-1/logs/aws4_request,"
                                    + " SignedHeaders=host, Signature=00")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
