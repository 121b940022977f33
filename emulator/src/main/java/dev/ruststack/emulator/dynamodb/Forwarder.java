package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.dynamodb.RequestRewriter.Rewritten;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Forwards a call to DynamoDB Local and its answer back, both changed as they must be. */
final class Forwarder {
    private final DynamoDbBackend backend;
    private final DynamoDbProtocol protocol;
    private final RequestBodies bodies;
    private final TableDefinitions definitions;
    private final AnswerRewriter answers;

    Forwarder(DynamoDbBackend backend, DynamoDbProtocol protocol, RequestBodies bodies, TableDefinitions definitions) {
        this.backend = backend;
        this.protocol = protocol;
        this.bodies = bodies;
        this.definitions = definitions;
        this.answers = new AnswerRewriter(definitions);
    }

    Response forward(DynamoDbCall call, Payload payload) throws IOException, InterruptedException {
        Rewritten sent;
        BackendPool.Answer answer;
        try (var _ = bodies.lease(payload)) {
            sent = RequestRewriter.rewrite(call.operation(), call.caller(), bodies.read(payload));
            answer = exchange(call, sent);
            if (sent.body().length > MemoryBudget.SMALL && AnswerRewriter.leaves(call.operation(), Map.of())) {
                sent = sent.withoutBody();
            }
        }
        var crc32 = answer.head().crc32();
        boolean asItIs = answer.head().status() == 200 && AnswerRewriter.leaves(call.operation(), sent.tableArns());
        return asItIs && crc32 != null ? passed(call, answer, crc32) : rewritten(call, sent, answer);
    }

    /** Asks DynamoDB Local: the operation itself, but for a change that it could make nothing of. */
    private BackendPool.Answer exchange(DynamoDbCall call, Rewritten sent) throws InterruptedException {
        var target = call.operation().target();
        if (call.is("CreateTable") || call.is("UpdateTable")) {
            var input = RequestBodies.document(sent.body());
            TableDefinitions.check(input, protocol);
            if (call.is("UpdateTable")) {
                var update = definitions.update(call, input);
                var asked = update.isNothing() ? DynamoDbOperation.DESCRIBE_TABLE.target() : target;
                return backend.exchange(asked, call.caller(), update.body(), call.within());
            }
        }
        return backend.exchange(target, call.caller(), sent.body(), call.within());
    }

    /** An answer as it came: a small one at once, so that its connection is free again; a large one as a stream. */
    private Response passed(DynamoDbCall call, BackendPool.Answer answer, String crc32) {
        if (answer.head().length() > MemoryBudget.SMALL) {
            return new Response(200, protocol.headers(crc32, call.requestId()), streamed(answer));
        }
        try (answer) {
            return protocol.answer(200, answer.readBody(), crc32, call.requestId());
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
                var _ = bodies.lease(answer)) {
            int status = answer.head().status();
            var document = status == 200
                    ? succeeded(call, sent, answer.readBody())
                    : failed(call, sent, status, answer.readBody());
            return protocol.answer(status, document, call.requestId());
        }
    }

    private byte[] succeeded(DynamoDbCall call, Rewritten sent, byte[] answer) {
        switch (call.operation().name()) {
            case "CreateTable" -> definitions.created(call.caller(), RequestBodies.document(sent.body()));
            case "UpdateTable" -> definitions.updated(call.caller(), RequestBodies.document(sent.body()));
            default -> {
                // Nothing is defined.
            }
        }
        var rewritten = answers.rewrite(call.operation(), call.caller(), sent.tableArns(), answer);
        if (call.is("DeleteTable")) {
            definitions.deleted(call.caller(), RequestBodies.document(sent.body()));
        }
        return rewritten;
    }

    /** DynamoDB Local takes a request that is no JSON object for a fault of its own. */
    private static byte[] failed(DynamoDbCall call, Rewritten sent, int status, byte[] answer) {
        if (status >= 500 && sent.whole()) {
            var _ = RequestBodies.document(sent.body());
        }
        return ErrorRewriter.rewrite(call.operation(), call.caller(), sent.body(), answer);
    }
}
