package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.lambda.Destination;
import dev.ruststack.emulator.lambda.EventOutlet;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import dev.ruststack.emulator.lambda.TraceId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Hands what asynchronous invocations leave behind to functions and buckets of the stack. AWS: Lambda Developer Guide,
 * Capturing records of Lambda asynchronous invocations; the names of objects are those of its S3 destinations.
 */
final class EventDestinations implements EventOutlet {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    private final Functions functions;
    private final Invoker invoker;
    private final AwsService s3;
    private final Clock clock;

    EventDestinations(Functions functions, Invoker invoker, AwsService s3, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.s3 = s3;
        this.clock = clock;
    }

    @Override
    public void deliver(Destination destination, Message message) throws IOException {
        switch (destination) {
            case Destination.OfFunction(var arn) -> invoke(arn, message);
            case Destination.OfBucket(var _, var bucket) -> put(bucket, message);
        }
    }

    private void invoke(String arn, Message message) throws IOException {
        var function = functions.configuration(arn);
        if (function == null) {
            throw new IOException("there is no such function");
        }
        var trace = TraceId.unsampled(clock.instant());
        invoker.invokeAsync(function, new Invocation(UUID.randomUUID().toString(), message.json(), arn, null, trace));
    }

    private void put(String bucket, Message message) throws IOException {
        var now = clock.instant();
        var key = "aws/lambda/async/" + message.function() + "/" + DAY.format(now) + TIME.format(now) + "-"
                + UUID.randomUUID();
        var headers = Headers.builder().set("Content-Type", "application/json");
        message.attributes()
                .forEach((name, value) ->
                        headers.set("x-amz-meta-" + name, URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var answer = InProcess.call(
                s3,
                new InProcess.Call("PUT", "/" + bucket + "/" + key, headers.build(), RequestBody.of(message.json())));
        if (!answer.ok()) {
            throw new IOException(answer.text());
        }
    }
}
