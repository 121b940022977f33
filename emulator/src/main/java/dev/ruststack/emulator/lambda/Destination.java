package dev.ruststack.emulator.lambda;

import java.util.List;
import java.util.regex.Pattern;

/** Where records of asynchronous invocations go. AWS: Lambda Developer Guide, Capturing records of Lambda asynchronous invocations. */
public sealed interface Destination {
    /** The ARN as it was given. */
    String arn();

    /** A function of the stack, or a version or alias of one: invoked with the record. */
    record OfFunction(String arn) implements Destination {}

    /** A bucket of the stack: the record becomes an object. */
    record OfBucket(String arn, String bucket) implements Destination {}

    Pattern BUCKET = Pattern.compile("arn:aws[a-zA-Z-]*:s3:::([a-z0-9.-]{3,63})");
    Pattern FUNCTION =
            Pattern.compile("arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[a-zA-Z0-9-_]+(:[$a-zA-Z0-9-_]+)?");

    /** What AWS has and RustStack does not. */
    List<String> MISSING = List.of("sqs", "sns", "events", "kafka");

    /** Throws {@code NotImplemented} naming the service that RustStack does not have. */
    static Destination parse(String arn) {
        var bucket = BUCKET.matcher(arn);
        if (bucket.matches()) {
            return new OfBucket(arn, bucket.group(1));
        }
        if (FUNCTION.matcher(arn).matches()) {
            return new OfFunction(arn);
        }
        var parts = arn.split(":", 4);
        if (parts.length > 2 && MISSING.contains(parts[2])) {
            throw LambdaError.NOT_IMPLEMENTED.saying("A destination of the service " + parts[2] + " (" + arn
                    + ") is not implemented yet: functions (arn:aws:lambda:…) and buckets (arn:aws:s3:::…) are.");
        }
        throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                "The provided destination config DestinationConfig is invalid: " + arn
                        + " is not the ARN of a function or of a bucket.");
    }
}
