package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.aws.wire.InputBinder;
import dev.ruststack.emulator.aws.wire.OutputBinder;
import dev.ruststack.emulator.aws.wire.Route;
import dev.ruststack.emulator.aws.wire.RouteTable;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service made of {@link Operation}s: route, authenticate, bind, handle, render. */
public final class OperationService implements AwsService {
    private static final Logger LOG = LoggerFactory.getLogger(OperationService.class);

    private final String name;
    private final Protocol protocol;
    private final Authenticator authenticator;
    private final UnaryOperator<Request> addressing;
    private final RouteTable routes;
    private final Map<String, Bound<?, ?>> operations = new HashMap<>();
    private volatile CallObserver observer = CallObserver.NONE;

    /**
     * @param name the name in credential scopes
     * @param protocol how the service speaks
     * @param operations the operations it has
     * @param known every route AWS has, for 501 where it is not among {@code operations}
     * @param authenticator checks signatures
     * @param addressing maps a request to the one that is routed and bound: S3 puts the bucket of a virtual host first
     */
    public OperationService(
            String name,
            Protocol protocol,
            List<Operation<?, ?>> operations,
            List<Route> known,
            Authenticator authenticator,
            UnaryOperator<Request> addressing) {
        this.name = name;
        this.protocol = protocol;
        this.authenticator = authenticator;
        this.addressing = addressing;
        var all = new ArrayList<Route>();
        for (var operation : operations) {
            var bound = new Bound<>(operation);
            this.operations.put(operation.name(), bound);
            all.add(bound.route);
        }
        known.stream()
                .filter(route -> !this.operations.containsKey(route.operation()))
                .forEach(all::add);
        this.routes = new RouteTable(all);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void observe(CallObserver newObserver) {
        observer = newObserver;
    }

    @Override
    public Response handle(Request request) throws IOException {
        var observation = new Observation(observer, name, request);
        return observation.answered(handle(request, observation));
    }

    private Response handle(Request request, Observation observation) throws IOException {
        var requestId = protocol.newRequestId();
        try {
            return answer(request, requestId, observation);
        } catch (AwsException e) {
            return protocol.error(e, request, requestId);
        } catch (EOFException | SocketTimeoutException | ProtocolException e) {
            throw e; // The body did not come as it should: the server knows what to answer.
        } catch (IOException | RuntimeException e) {
            LOG.error("{} {} failed, request id {}", request.method(), request.rawPath(), requestId, e);
            return protocol.error(protocol.internalError(), request, requestId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return protocol.error(protocol.internalError(), request, requestId);
        }
    }

    private Response answer(Request request, String requestId, Observation observation)
            throws IOException, InterruptedException {
        var routed = addressing.apply(request);
        var query = request.query();
        var match = routes.find(routed, query);
        if (match == null) {
            throw protocol.unknownOperation(request);
        }
        var operationName = match.route().operation();
        observation.operation(operationName);
        var operation = operations.get(operationName);
        if (operation == null) {
            throw protocol.notImplemented(operationName);
        }
        var authenticated = authenticator.authenticate(request, protocol);
        var call = new Call(requestId, operationName, routed, authenticated.identity(), authenticated.payload());
        return operation.answer(call, match.labels());
    }

    /** An operation with its binders. */
    private final class Bound<I extends Record, O extends Record> {
        private final Operation<I, O> operation;
        private final Route route;
        private final OutputBinder output;

        /** Made for the first call: the method handles of every operation would take half the work of a start. */
        private volatile @Nullable InputBinder<I> input;

        Bound(Operation<I, O> operation) {
            var model = operation.model();
            this.operation = operation;
            this.route = Route.parse(operation.name(), model.template(), model.header());
            this.output = new OutputBinder(protocol, model.code());
        }

        Response answer(Call call, Map<String, String> labels) throws IOException, InterruptedException {
            var query = call.request().query();
            return output.bind(operation.handle(input().bind(call, query, labels), call), call.requestId());
        }

        private InputBinder<I> input() {
            var made = input;
            if (made == null) {
                made = new InputBinder<>(operation.model().input(), protocol);
                input = made;
            }
            return made;
        }
    }
}
