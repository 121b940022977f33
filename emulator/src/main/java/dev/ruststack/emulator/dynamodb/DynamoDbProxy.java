package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.dynamodb.DynamoDbOperation.Handling;
import dev.ruststack.emulator.dynamodb.RequestRewriter.Rewritten;
import dev.ruststack.emulator.dynamodb.TagStore.TableKey;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * DynamoDB: every operation that DynamoDB Local has, with AWS's accounts, regions, ARNs, errors and checksums. Bodies
 * that need no change pass as they come; those that do are held in memory, which is bounded over all requests.
 */
public final class DynamoDbProxy implements AwsService {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbProxy.class);

    /** AWS: Amazon DynamoDB quotas, the largest request there is is a BatchWriteItem of 16 MB. */
    private static final int LARGEST_REQUEST = 16 << 20;

    private static final long MEMORY = 64L << 20;
    private static final byte[] NOTHING = {};

    private final DynamoDbBackend backend;
    private final Authenticator authenticator;
    private final DynamoDbProtocol protocol = new DynamoDbProtocol();
    private final MemoryBudget memory = new MemoryBudget(MEMORY);
    private final TagStore tags = new TagStore();
    private final OwnAnswers ownAnswers;

    public DynamoDbProxy(DynamoDbBackend backend, Authenticator authenticator) {
        this.backend = backend;
        this.authenticator = authenticator;
        this.ownAnswers = new OwnAnswers(backend, tags);
        backend.onRestart(generation -> tags.forgetAll());
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        var requestId = protocol.newRequestId();
        try {
            return answer(request, requestId);
        } catch (AwsException e) {
            return protocol.error(e, request, requestId);
        } catch (RuntimeException e) {
            LOG.error("Request {} to DynamoDB failed", requestId, e);
            return protocol.error(protocol.internalError(), request, requestId);
        }
    }

    /** One call: its id, what is called, by whom, and whether it comes from within the emulator. */
    private record DynamoDbCall(String requestId, DynamoDbOperation operation, DataSet caller, boolean within) {}

    private Response answer(Request request, String requestId) throws IOException, InterruptedException {
        var operation = DynamoDbOperation.of(request.headers().first("X-Amz-Target"));
        if (operation == null) {
            throw protocol.unknownOperation(request);
        }
        var authenticated = authenticator.authenticate(request, protocol);
        var identity = authenticated.identity();
        boolean within = request.remote().isUnresolved();
        if (identity.anonymous() && !within) {
            throw DynamoDbError.MISSING_AUTHENTICATION_TOKEN.error();
        }
        if (operation.handling() == Handling.MISSING) {
            throw protocol.notImplemented(operation.name());
        }
        var call = new DynamoDbCall(requestId, operation, new DataSet(identity.accountId(), identity.region()), within);
        return operation.handling() == Handling.PROXIED
                ? proxied(call, authenticated.payload())
                : own(call, authenticated.payload(), request.host());
    }

    private Response own(DynamoDbCall call, Payload payload, String host) throws IOException, InterruptedException {
        try (var _ = lease(payload)) {
            var input = document(read(payload));
            var question = new OwnAnswers.Question(call.operation, call.caller, call.within, host, input);
            return protocol.answer(200, ownAnswers.answer(question), call.requestId);
        }
    }

    private Response proxied(DynamoDbCall call, Payload payload) throws IOException, InterruptedException {
        Rewritten sent;
        BackendPool.Answer answer;
        try (var _ = lease(payload)) {
            sent = RequestRewriter.rewrite(call.operation, call.caller, read(payload));
            if (call.operation.name().equals("CreateTable")) {
                checkCreation(document(sent.body()));
            }
            answer = backend.exchange(call.operation.target(), call.caller, sent.body(), call.within);
            if (sent.body().length > MemoryBudget.SMALL) {
                sent = new Rewritten(NOTHING, sent.tableArns());
            }
        }
        boolean succeeded = answer.head().status() == 200;
        var crc32 = answer.head().crc32();
        if (succeeded && crc32 != null && AnswerRewriter.leaves(call.operation, sent.tableArns())) {
            return passed(call, answer, crc32);
        }
        return rewritten(call, sent, answer);
    }

    private MemoryBudget.Lease lease(Payload payload) throws InterruptedException {
        if (payload.length() > LARGEST_REQUEST) {
            throw DynamoDbError.REQUEST_TOO_LARGE.error();
        }
        return memory.take(payload.length() < 0 ? LARGEST_REQUEST : payload.length());
    }

    private static byte[] read(Payload payload) throws IOException {
        return payload.bytes(LARGEST_REQUEST, DynamoDbError.REQUEST_TOO_LARGE.error());
    }

    private static JsonNode document(byte[] body) {
        try {
            var document = DynamoDbProtocol.JSON.readTree(body);
            if (document.isObject()) {
                return document;
            }
        } catch (JacksonException e) {
            // As wrong as any other.
        }
        throw DynamoDbError.SERIALIZATION.error();
    }

    /** Refuses what DynamoDB Local would silently ignore. */
    private void checkCreation(JsonNode input) {
        if (input.has("ResourcePolicy")) {
            throw protocol.notImplemented("ResourcePolicy in CreateTable");
        }
        TagStore.check(input.path("Tags"));
    }

    /** An answer as it came: a small one at once, so that its connection is free again; a large one as a stream. */
    private Response passed(DynamoDbCall call, BackendPool.Answer answer, String crc32) {
        if (answer.head().length() > MemoryBudget.SMALL) {
            return new Response(200, protocol.headers(crc32, call.requestId), streamed(answer));
        }
        try (answer) {
            return protocol.answer(200, answer.readBody(), crc32, call.requestId);
        }
    }

    private static Body streamed(BackendPool.Answer answer) {
        var writer = new Body.Writer() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                answer.copyTo(out);
            }

            @Override
            public void close() {
                answer.close();
            }
        };
        return new Body.Written(writer, answer.head().length());
    }

    private Response rewritten(DynamoDbCall call, Rewritten sent, BackendPool.Answer answer)
            throws InterruptedException {
        try (answer;
                var _ = memory.take(answer.head().length())) {
            int status = answer.head().status();
            var body = answer.readBody();
            if (status != 200) {
                if (status >= 500 && sent.body().length > 0) {
                    document(sent.body());
                }
                var error = ErrorRewriter.rewrite(call.operation, call.caller, sent.body(), body);
                return protocol.answer(status, error, call.requestId);
            }
            keepTags(call, sent);
            var rewritten = AnswerRewriter.rewrite(call.operation, call.caller, sent.tableArns(), body);
            return protocol.answer(200, rewritten, call.requestId);
        }
    }

    private void keepTags(DynamoDbCall call, Rewritten sent) {
        var operation = call.operation.name();
        if (operation.equals("CreateTable") || operation.equals("DeleteTable")) {
            var input = document(sent.body());
            var table = new TableKey(call.caller, input.path("TableName").asString(""));
            tags.forget(table);
            if (operation.equals("CreateTable") && !input.path("Tags").isEmpty()) {
                tags.add(table, input.path("Tags"));
            }
        }
    }
}
