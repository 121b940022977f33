package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.aws.Observation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB: every operation that DynamoDB Local has, with AWS's accounts, regions, ARNs, errors and checksums. Bodies
 * that need no change pass as they come; those that do are held in memory, which is bounded over all requests.
 */
public final class DynamoDbProxy implements AwsService {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbProxy.class);

    private final Authenticator authenticator;
    private final DynamoDbProtocol protocol = new DynamoDbProtocol();
    private final RequestBodies bodies = new RequestBodies();
    private final Forwarder forwarder;
    private final OwnAnswers ownAnswers;
    private volatile CallObserver observer = CallObserver.NONE;

    public DynamoDbProxy(DynamoDbBackend backend, Authenticator authenticator, Clock clock) {
        this.authenticator = authenticator;
        var tags = new TagStore(backend.notes());
        var definitions = new TableDefinitions(backend, tags);
        this.forwarder = new Forwarder(backend, protocol, bodies, definitions);
        this.ownAnswers = new OwnAnswers(backend, tags, clock);
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public void observe(CallObserver newObserver) {
        observer = newObserver;
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        var observation = new Observation(observer, name(), request);
        return observation.answered(handle(request, observation));
    }

    private Response handle(Request request, Observation observation) throws IOException, InterruptedException {
        var requestId = protocol.newRequestId();
        try {
            return answer(request, requestId, observation);
        } catch (AwsException e) {
            return protocol.error(e, request, requestId);
        } catch (RuntimeException e) {
            LOG.error("Request {} to DynamoDB failed", requestId, e);
            return protocol.error(protocol.internalError(), request, requestId);
        }
    }

    private Response answer(Request request, String requestId, Observation observation)
            throws IOException, InterruptedException {
        var operation = DynamoDbOperation.of(request.headers().first("X-Amz-Target"));
        if (operation == null) {
            throw protocol.unknownOperation(request);
        }
        observation.operation(operation.name());
        var authenticated = authenticator.authenticate(request, protocol);
        var identity = authenticated.identity();
        boolean within = InProcess.made(request);
        if (identity.anonymous() && !within) {
            throw DynamoDbError.MISSING_AUTHENTICATION_TOKEN.error();
        }
        var caller = new DataSet(identity.accountId(), identity.region());
        var call = new DynamoDbCall(requestId, operation, caller, within);
        return switch (operation.handling()) {
            case PROXIED -> forwarder.forward(call, authenticated.payload());
            case ANSWERED -> own(call, authenticated.payload(), request.host());
            case MISSING -> throw protocol.notImplemented(operation.name());
        };
    }

    private Response own(DynamoDbCall call, Payload payload, String host) throws IOException, InterruptedException {
        try (var _ = bodies.lease(payload)) {
            var input = RequestBodies.document(bodies.read(payload));
            return protocol.answer(
                    200, ownAnswers.answer(new OwnAnswers.Question(call, host, input)), call.requestId());
        }
    }
}
