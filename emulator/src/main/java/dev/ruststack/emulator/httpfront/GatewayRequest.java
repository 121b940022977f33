package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Request;
import java.time.Instant;

/**
 * A request on its way through the gateway.
 *
 * @param match its route
 * @param body its whole body
 * @param requestId the gateway's id of it, which is not the function's
 * @param extendedRequestId the id in {@code x-amz-apigw-id}
 * @param traceId the X-Ray root
 * @param received when it came
 */
record GatewayRequest(
        Request request,
        RouteTable.Match match,
        byte[] body,
        String requestId,
        String extendedRequestId,
        String traceId,
        Instant received) {}
