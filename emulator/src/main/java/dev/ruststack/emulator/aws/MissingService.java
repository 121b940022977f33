package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;

/** Refuses, by name, the requests to a service of AWS that RustStack has not. */
public record MissingService(String name) implements AwsService {
    @Override
    public Response handle(Request request) {
        var shown = name.replaceAll("[^A-Za-z0-9._-]", "");
        var text = "RustStack has no service " + shown
                + ": it has S3, DynamoDB, Lambda, API Gateway, CloudWatch Logs, roles of IAM, and STS.";
        boolean json = request.headers().has("X-Amz-Target")
                || request.headers().first("Content-Type", "").contains("json");
        return json
                ? Response.of(
                        501,
                        "application/x-amz-json-1.0",
                        Body.of("{\"__type\":\"NotImplemented\",\"message\":\"" + text + "\"}"))
                : Response.of(
                        501,
                        "application/xml",
                        Body.of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse><Error><Type>Sender</Type>"
                                + "<Code>NotImplemented</Code><Message>" + text
                                + "</Message></Error></ErrorResponse>"));
    }
}
