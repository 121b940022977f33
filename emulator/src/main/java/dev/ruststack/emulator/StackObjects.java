package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.lambda.eventsource.FailedBatches;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** What Lambda puts into the stack's own buckets. */
record StackObjects(AwsService s3) implements FailedBatches {
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss-", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void put(String bucket, String prefix, Instant time, byte[] json) throws IOException {
        put(bucket, prefix, time, Headers.empty(), json);
    }

    /** Puts a document under a name of its own, with further headers. */
    void put(String bucket, String prefix, Instant time, Headers further, byte[] json) throws IOException {
        var key = prefix + FOLDER.format(time) + NAME.format(time) + UUID.randomUUID();
        var headers =
                further.toBuilder().set("Content-Type", "application/json").build();
        var answer =
                InProcess.call(s3, new InProcess.Call("PUT", "/" + bucket + "/" + key, headers, RequestBody.of(json)));
        if (!answer.ok()) {
            throw new IOException(answer.text());
        }
    }
}
