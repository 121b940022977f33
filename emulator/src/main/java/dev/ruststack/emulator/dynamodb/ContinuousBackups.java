package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.dynamodb.TableNotes.Recovery;
import dev.ruststack.emulator.dynamodb.TableNotes.TableKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether tables can be recovered to a point in time, which is kept and told: nothing is recovered here. AWS: DynamoDB
 * API Reference, UpdateContinuousBackups.
 */
final class ContinuousBackups {
    private static final String SPECIFICATION = "PointInTimeRecoverySpecification";
    private static final String ENABLED = "PointInTimeRecoveryEnabled";
    private static final String DAYS = "RecoveryPeriodInDays";
    private static final int MOST_DAYS = 35;

    /** AWS: the latest time is usually five minutes ago. */
    private static final Duration BEHIND = Duration.ofMinutes(5);

    private final TableNotes notes;
    private final Clock clock;

    ContinuousBackups(TableNotes notes, Clock clock) {
        this.notes = notes;
        this.clock = clock;
    }

    void update(TableKey table, JsonNode input, ObjectNode answer) {
        var asked = input.path(SPECIFICATION);
        if (!asked.path(ENABLED).isBoolean()) {
            throw invalid("null", ENABLED, "not be null");
        }
        int days = asked.path(DAYS).asInt(MOST_DAYS);
        if (days < 1) {
            throw invalid("'" + days + "'", DAYS, "have value greater than or equal to 1");
        }
        if (days > MOST_DAYS) {
            throw invalid("'" + days + "'", DAYS, "have value less than or equal to " + MOST_DAYS);
        }
        notes.change(table, note -> {
            var before = note.recovery();
            var since = before == null ? clock.millis() / 1000.0 : before.since();
            return note.withRecovery(asked.path(ENABLED).asBoolean() ? new Recovery(days, since) : null);
        });
        describe(table, answer);
    }

    private static AwsException invalid(String value, String member, String must) {
        var name = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
        return DynamoDbError.VALIDATION.saying(
                "1 validation error detected: Value " + value + " at 'pointInTimeRecoverySpecification." + name
                        + "' failed to satisfy constraint: Member must " + must);
    }

    void describe(TableKey table, ObjectNode answer) {
        var recovery = notes.of(table).recovery();
        var description = answer.putObject("ContinuousBackupsDescription")
                .put("ContinuousBackupsStatus", "ENABLED")
                .putObject("PointInTimeRecoveryDescription")
                .put("PointInTimeRecoveryStatus", recovery == null ? "DISABLED" : "ENABLED");
        if (recovery != null) {
            var latest = (clock.millis() - BEHIND.toMillis()) / 1000.0;
            description
                    .put(DAYS, recovery.days())
                    .put("EarliestRestorableDateTime", recovery.since())
                    .put("LatestRestorableDateTime", Math.max(recovery.since(), latest));
        }
    }
}
