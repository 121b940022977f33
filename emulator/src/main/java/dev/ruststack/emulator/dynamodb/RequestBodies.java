package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.Payload;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The bodies of requests and answers in memory: how large one may be, and how much all may take together. */
final class RequestBodies {
    /** AWS: Amazon DynamoDB quotas; the largest request there is is a BatchWriteItem of 16 MB. */
    private static final int LARGEST_REQUEST = 16 << 20;

    private static final long MEMORY = 64L << 20;

    private final MemoryBudget memory = new MemoryBudget(MEMORY);

    /** Memory for the body of a request. */
    MemoryBudget.Lease lease(Payload payload) throws InterruptedException {
        if (payload.length() > LARGEST_REQUEST) {
            throw DynamoDbError.REQUEST_TOO_LARGE.error();
        }
        return memory.take(payload.length() < 0 ? LARGEST_REQUEST : payload.length());
    }

    /** Memory for the body of an answer. */
    MemoryBudget.Lease lease(BackendPool.Answer answer) throws InterruptedException {
        return memory.take(answer.head().length());
    }

    byte[] read(Payload payload) throws IOException {
        return payload.bytes(LARGEST_REQUEST, DynamoDbError.REQUEST_TOO_LARGE.error());
    }

    /** A body as a JSON object; any other is refused. */
    static JsonNode document(byte[] body) {
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
}
