package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request on its way through the gateway.
 *
 * @param incoming the request; its path is without the stage
 * @param match its route
 * @param extendedRequestId the id in {@code x-amz-apigw-id}
 * @param authorizer what an authorizer says of the caller; null where none was asked
 */
record GatewayRequest(
        Incoming incoming,
        RouteTable.Match match,
        String extendedRequestId,
        @Nullable JsonNode authorizer) {
    Request request() {
        return incoming.request();
    }

    byte[] body() {
        return incoming.body();
    }

    Instant received() {
        return incoming.received();
    }

    Api api() {
        return match.api();
    }

    /** The path with the stage, where URLs of the API name it. */
    String staged() {
        var stage = api().stage().name();
        return stage.equals(Api.Stage.DEFAULT)
                ? request().rawPath()
                : "/" + stage + request().rawPath();
    }

    /** As events tell it: HTTP APIs decode it, REST APIs leave it as it was sent. */
    String told() {
        return api().kind() == Api.Kind.HTTP ? PercentEncoding.decode(staged()) : staged();
    }

    GatewayRequest by(JsonNode caller) {
        return new GatewayRequest(incoming, match, extendedRequestId, caller);
    }

    /** An answer of the gateway's own, as the API words it. */
    Response answer(GatewayAnswer answer) {
        return answer.response(api().kind(), api().responses(), incoming);
    }

    /** For the log. */
    String describe() {
        return request().method() + " " + request().rawPath() + " to "
                + match.route().target();
    }
}
