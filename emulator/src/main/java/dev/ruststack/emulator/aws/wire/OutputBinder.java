package dev.ruststack.emulator.aws.wire;

import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.Shape.Member;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP response of an operation's output record. */
public final class OutputBinder {
    private final Protocol protocol;
    private final int defaultStatus;

    public OutputBinder(Protocol protocol, int defaultStatus) {
        this.protocol = protocol;
        this.defaultStatus = defaultStatus;
    }

    public Response bind(Record output, String requestId) {
        var shape = Shape.of(output.getClass());
        var headers = Headers.builder();
        protocol.finish(headers, requestId);
        int status = defaultStatus;
        Body body = null;
        for (var member : shape.members()) {
            var value = member.get(output);
            if (value == null) {
                continue;
            }
            if (member.annotation(HttpResponseCode.class) != null) {
                status = (Integer) value;
            } else if (member.annotation(HttpPayload.class) != null) {
                body = value instanceof Body given ? given : document((Record) value, headers);
            } else {
                header(member, value, headers);
            }
        }
        if (body == null && !shape.document().isEmpty()) {
            body = document(output, headers);
        }
        return new Response(status, headers.build(), body == null ? Body.empty() : body);
    }

    private Body document(Record document, Headers.Builder headers) {
        headers.set("Content-Type", protocol.contentType());
        return protocol.write(document);
    }

    private static void header(Member member, Object value, Headers.Builder headers) {
        @Nullable HttpHeader header = member.annotation(HttpHeader.class);
        if (header != null) {
            headers.set(header.value(), Scalars.header(value));
            return;
        }
        @Nullable HttpPrefixHeaders prefix = member.annotation(HttpPrefixHeaders.class);
        if (prefix != null) {
            ((Map<?, ?>) value).forEach((name, text) -> headers.add(prefix.value() + name, text.toString()));
        }
    }
}
