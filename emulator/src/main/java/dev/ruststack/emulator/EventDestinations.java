package dev.ruststack.emulator;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.lambda.Destination;
import dev.ruststack.emulator.lambda.EventOutlet;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Invocation;
import dev.ruststack.emulator.lambda.Invoker;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/**
 * Hands what asynchronous invocations leave behind to functions and buckets of the stack. AWS: Lambda Developer Guide,
 * Capturing records of Lambda asynchronous invocations; the names of objects are those of its S3 destinations.
 */
final class EventDestinations implements EventOutlet {
    private final Functions functions;
    private final Invoker invoker;
    private final StackObjects objects;
    private final Clock clock;

    EventDestinations(Functions functions, Invoker invoker, StackObjects objects, Clock clock) {
        this.functions = functions;
        this.invoker = invoker;
        this.objects = objects;
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
        invoker.invokeAsync(
                function, new Invocation(UUID.randomUUID().toString(), message.json(), arn, null, message.trace()));
    }

    private void put(String bucket, Message message) throws IOException {
        var headers = Headers.builder();
        message.attributes()
                .forEach((name, value) ->
                        headers.set("x-amz-meta-" + name, URLEncoder.encode(value, StandardCharsets.UTF_8)));
        objects.put(
                bucket,
                "aws/lambda/async/" + message.function() + "/",
                clock.instant(),
                headers.build(),
                message.json());
    }
}
