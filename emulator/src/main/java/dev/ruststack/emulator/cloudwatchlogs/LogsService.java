package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.Observation;
import dev.ruststack.emulator.aws.wire.EventStream;
import dev.ruststack.emulator.cloudwatchlogs.operations.CreateLogGroup;
import dev.ruststack.emulator.cloudwatchlogs.operations.CreateLogStream;
import dev.ruststack.emulator.cloudwatchlogs.operations.DeleteLogGroup;
import dev.ruststack.emulator.cloudwatchlogs.operations.DeleteLogStream;
import dev.ruststack.emulator.cloudwatchlogs.operations.DeleteRetentionPolicy;
import dev.ruststack.emulator.cloudwatchlogs.operations.DescribeLogGroups;
import dev.ruststack.emulator.cloudwatchlogs.operations.DescribeLogStreams;
import dev.ruststack.emulator.cloudwatchlogs.operations.FilterLogEvents;
import dev.ruststack.emulator.cloudwatchlogs.operations.GetLogEvents;
import dev.ruststack.emulator.cloudwatchlogs.operations.ListTagsForResource;
import dev.ruststack.emulator.cloudwatchlogs.operations.ListTagsLogGroup;
import dev.ruststack.emulator.cloudwatchlogs.operations.PutLogEvents;
import dev.ruststack.emulator.cloudwatchlogs.operations.PutRetentionPolicy;
import dev.ruststack.emulator.cloudwatchlogs.operations.TagLogGroup;
import dev.ruststack.emulator.cloudwatchlogs.operations.TagResource;
import dev.ruststack.emulator.cloudwatchlogs.operations.UntagLogGroup;
import dev.ruststack.emulator.cloudwatchlogs.operations.UntagResource;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CloudWatch Logs: the list of its operations, and the way to them. AWS: Amazon CloudWatch Logs API Reference. */
public final class LogsService implements AwsService {
    private static final Logger LOG = LoggerFactory.getLogger(LogsService.class);
    private static final String TARGET = "Logs_20140328.";

    /** The one that answers with a stream. */
    private static final String LIVE_TAIL = "StartLiveTail";

    private final LogGroups groups;
    private final LiveTails liveTails;
    private final Authenticator authenticator;
    private final LogsProtocol protocol = new LogsProtocol();
    private final Map<String, LogsOperation<?, ?>> operations;
    private final Set<String> known = known();
    private volatile CallObserver observer = CallObserver.NONE;

    public LogsService(LogGroups groups, LiveTails liveTails, Authenticator authenticator) {
        this.groups = groups;
        this.liveTails = liveTails;
        this.authenticator = authenticator;
        this.operations = operations(groups).stream()
                .collect(Collectors.toUnmodifiableMap(LogsOperation::name, Function.identity()));
    }

    private static List<LogsOperation<?, ?>> operations(LogGroups groups) {
        return List.of(
                new CreateLogGroup(groups),
                new CreateLogStream(groups),
                new DeleteLogGroup(groups),
                new DeleteLogStream(groups),
                new DeleteRetentionPolicy(groups),
                new DescribeLogGroups(groups),
                new DescribeLogStreams(groups),
                new FilterLogEvents(groups),
                new GetLogEvents(groups),
                new ListTagsForResource(groups),
                new ListTagsLogGroup(groups),
                new PutLogEvents(groups),
                new PutRetentionPolicy(groups),
                new TagLogGroup(groups),
                new TagResource(groups),
                new UntagLogGroup(groups),
                new UntagResource(groups));
    }

    /** The names of AWS's operations, for those that are not here. */
    private static Set<String> known() {
        try (var names = LogsService.class.getResourceAsStream("operations.txt")) {
            if (names == null) {
                throw new IllegalStateException("no operations.txt beside " + LogsService.class);
            }
            return Set.of(new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public void observe(CallObserver newObserver) {
        observer = newObserver;
    }

    @Override
    public Response handle(Request request) throws IOException {
        var observation = new Observation(observer, name(), request);
        return observation.answered(handle(request, observation));
    }

    private Response handle(Request request, Observation observation) throws IOException {
        var requestId = protocol.newRequestId();
        try {
            return answer(request, requestId, observation);
        } catch (AwsException e) {
            return protocol.error(e, request, requestId);
        } catch (RuntimeException e) {
            LOG.error("Request {} to CloudWatch Logs failed", requestId, e);
            return protocol.error(protocol.internalError(), request, requestId);
        }
    }

    private Response answer(Request request, String requestId, Observation observation) throws IOException {
        var target = request.headers().first("X-Amz-Target", "");
        var name = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
        if (name.equals(LIVE_TAIL)) {
            observation.operation(name);
            return liveTail(request, requestId);
        }
        var operation = operations.get(name);
        if (operation == null) {
            throw known.contains(name) ? protocol.notImplemented(name) : protocol.unknownOperation(request);
        }
        observation.operation(name);
        return answer(operation, request, requestId);
    }

    private Response liveTail(Request request, String requestId) throws IOException {
        var authenticated = authenticated(request);
        var input = protocol.read(authenticated.payload(), LiveTail.Input.class);
        var what = LiveTail.of(input, groups, authenticated.identity());
        var session = new LiveTailSession(liveTails, what, requestId);
        var headers = Headers.builder();
        protocol.finish(headers, requestId);
        headers.set("Content-Type", EventStream.CONTENT_TYPE);
        return new Response(200, headers.build(), new Body.Written(session, -1));
    }

    private Authenticator.Authenticated authenticated(Request request) throws IOException {
        var authenticated = authenticator.authenticate(request, protocol);
        if (authenticated.identity().anonymous()) {
            throw LogsError.MISSING_AUTHENTICATION_TOKEN.error();
        }
        return authenticated;
    }

    private <I extends Record> Response answer(LogsOperation<I, ?> operation, Request request, String requestId)
            throws IOException {
        var authenticated = authenticated(request);
        var input = protocol.read(authenticated.payload(), operation.input());
        var output = operation.handle(input, authenticated.identity());
        return protocol.answer(200, output == null ? Body.empty() : protocol.write(output), requestId);
    }
}
