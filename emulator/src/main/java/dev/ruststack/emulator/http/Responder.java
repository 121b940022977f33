package dev.ruststack.emulator.http;

import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request: the part of an {@link Exchange} that runs on the request's virtual thread, or that is left to
 * whoever took the request.
 */
final class Responder implements Runnable, Reply {
    private static final Logger log = LoggerFactory.getLogger(Responder.class);

    /** Bodies up to this size are copied behind the head and sent with it. */
    private static final int SMALL_BODY = 64 * 1024;

    private static final byte[] NO_BYTES = {};
    private static final RequestBody NO_BODY = RequestBody.of(NO_BYTES);

    private final Exchange exchange;
    private final ClientChannel client;
    private final RequestHead request;

    Responder(Exchange exchange) {
        this.exchange = exchange;
        this.client = exchange.client();
        this.request = exchange.head();
    }

    @Override
    public void run() {
        try {
            respond(handle());
        } finally {
            closeRequestBody();
        }
    }

    /** Whether the handler takes the request on the event loop. */
    boolean isTaken() {
        try {
            return client.context().handler().take(request(), this);
        } catch (RuntimeException failure) {
            send(failed(failure));
            return true;
        }
    }

    @Override
    public void send(Response response) {
        if (response.body() instanceof Body.Bytes bytes && bytes.size() <= SMALL_BODY) {
            respond(response);
        } else {
            client.context().threads().newThread(() -> respond(response)).start();
        }
    }

    private Response handle() {
        try {
            return client.context().handler().handle(request());
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    private Request request() {
        var body = exchange.body();
        return new Request(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                request.headers(),
                body == null ? NO_BODY : body,
                client.remote(),
                client.isSecure(),
                exchange);
    }

    /** The bare answer where the handler has none: the client's fault where its body was broken. */
    private Response failed(Throwable failure) {
        var body = exchange.body();
        var cause = body == null ? null : body.failure();
        return switch (cause) {
            case null -> {
                log.error("{} {} failed", request.method(), request.rawPath(), failure);
                yield Response.of(500);
            }
            case MalformedRequest malformed -> Response.of(malformed.status());
            case SocketTimeoutException stalled -> Response.of(408);
            case IOException gone -> Response.of(400);
        };
    }

    private void respond(Response response) {
        ResponseHead head;
        try {
            head = ResponseHead.of(response, request);
        } catch (RuntimeException unsendable) {
            close(response.body());
            log.error("{} {}: the response cannot be sent", request.method(), request.rawPath(), unsendable);
            respond(Response.of(500));
            return;
        }
        if (!head.hasBody()) {
            close(response.body());
            sendBytes(head, new Body.Bytes(NO_BYTES, 0, 0));
            return;
        }
        switch (response.body()) {
            case Body.Bytes bytes when bytes.size() <= SMALL_BODY -> sendBytes(head, bytes);
            case Body.FileRange range when client.canSendFile(range) -> sendFile(head, range);
            case Body body -> stream(head, body);
        }
    }

    private void sendBytes(ResponseHead head, Body.Bytes bytes) {
        closeRequestBody();
        client.execute(() -> {
            var out = exchange.encode(head, bytes.size());
            out.writeBytes(bytes.array(), bytes.offset(), bytes.size());
            var channel = client.channel();
            channel.writeAndFlush(out, channel.voidPromise());
            exchange.finish();
        });
    }

    private void sendFile(ResponseHead head, Body.FileRange range) {
        closeRequestBody();
        boolean handed = client.execute(() -> {
            var channel = client.channel();
            channel.write(exchange.encode(head, 0), channel.voidPromise());
            var region = new DefaultFileRegion(range.file(), range.offset(), range.length());
            channel.writeAndFlush(region).addListener(sent -> {
                if (sent.isSuccess()) {
                    exchange.finish();
                } else {
                    client.abort();
                }
            });
        });
        if (!handed) {
            close(range);
        }
    }

    private void stream(ResponseHead head, Body body) {
        var out = new ResponseStream(exchange, head);
        try {
            out.send(body);
            closeRequestBody();
            out.finish();
        } catch (Throwable failure) {
            fail(out, failure);
        } finally {
            close(body);
        }
    }

    private void fail(ResponseStream out, Throwable failure) {
        out.discard();
        if (!client.channel().isActive()) {
            log.debug("{} {}: the client has gone", request.method(), request.rawPath());
        } else if (out.isStarted()) {
            log.error("{} {}: the response is cut", request.method(), request.rawPath(), failure);
            client.abort();
        } else {
            respond(failed(failure));
        }
    }

    private void closeRequestBody() {
        var body = exchange.body();
        if (body != null) {
            body.close();
        }
    }

    private void close(Body body) {
        try {
            body.close();
        } catch (IOException | RuntimeException failure) {
            log.warn("{} {}: closing the response body failed", request.method(), request.rawPath(), failure);
        }
    }
}
