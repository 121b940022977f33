package dev.ruststack.emulator.lambda.eventsource;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps batches that were given up, where their mapping has a bucket for them. AWS: Lambda Developer Guide, Retain
 * discarded records for a DynamoDB event source, with an Amazon S3 destination.
 */
final class DiscardedBatches {
    static final String RETRIED_ENOUGH = "RetryAttemptsExhausted";
    static final String TOO_OLD = "RecordAgeExceeded";

    private static final Logger LOG = LoggerFactory.getLogger(DiscardedBatches.class);
    private static final String BUCKET = "arn:aws:s3:::";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final FailedBatches bucket;
    private final Clock clock;

    DiscardedBatches(FailedBatches bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** @param requestId of the last invocation; null where there was none, or it did not fail as a whole */
    void put(
            EventSourceMapping mapping,
            String shardId,
            List<StreamRecord> records,
            String condition,
            @Nullable String requestId,
            int invocations) {
        var destination = mapping.onFailure();
        if (destination == null) {
            LOG.warn(
                    "{} records of {} are given up for {}: {}",
                    records.size(),
                    mapping.eventSourceArn(),
                    mapping.functionArn(),
                    condition);
            return;
        }
        var now = clock.instant();
        try {
            bucket.put(
                    destination.substring(BUCKET.length()),
                    "aws/lambda/" + mapping.uuid() + "/" + shardId + "/",
                    now,
                    document(mapping, shardId, records, condition, requestId, invocations, now));
        } catch (IOException e) {
            LOG.error("A batch that was given up could not be put into {}", destination, e);
        }
    }

    private static byte[] document(
            EventSourceMapping mapping,
            String shardId,
            List<StreamRecord> records,
            String condition,
            @Nullable String requestId,
            int invocations,
            Instant now) {
        var document = BatchDelivery.JSON.createObjectNode();
        document.putObject("requestContext")
                .put("requestId", requestId == null ? UUID.randomUUID().toString() : requestId)
                .put("functionArn", mapping.functionArn())
                .put("condition", condition)
                .put("approximateInvokeCount", invocations);
        if (invocations > 0) {
            var response =
                    document.putObject("responseContext").put("statusCode", 200).put("executedVersion", "$LATEST");
            if (requestId != null) {
                response.put("functionError", "Unhandled");
            }
        }
        document.put("version", "1.0").put("timestamp", TIME.format(now));
        document.putObject("DDBStreamBatchInfo")
                .put("shardId", shardId)
                .put("startSequenceNumber", records.getFirst().sequenceNumber())
                .put("endSequenceNumber", records.getLast().sequenceNumber())
                .put(
                        "approximateArrivalOfFirstRecord",
                        records.getFirst().created().toString())
                .put(
                        "approximateArrivalOfLastRecord",
                        records.getLast().created().toString())
                .put("batchSize", records.size())
                .put("streamArn", mapping.eventSourceArn());
        document.put("payload", new String(BatchDelivery.event(records), UTF_8));
        return BatchDelivery.JSON.writeValueAsBytes(document);
    }
}
