package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.Preconditions.Outcome;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    private static final ETag TAG = new ETag("abc");
    private static final Instant MODIFIED = Instant.parse("2026-11-23T10:00:00.750Z");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String BEFORE = "Mon, 23 Nov 2026 09:59:59 GMT";
    private static final String SAME = "Mon, 23 Nov 2026 10:00:00 GMT";
    private static final String AFTER = "Mon, 23 Nov 2026 10:00:01 GMT";
    private static final String FUTURE = "Mon, 23 Nov 2026 13:00:00 GMT";

    private static Preconditions conditions(
            @Nullable String match, @Nullable String unmodified, @Nullable String none, @Nullable String modified) {
        return new Preconditions(match, unmodified, none, modified);
    }

    private static Outcome check(Preconditions conditions) {
        return conditions.check(TAG, MODIFIED, NOW);
    }

    private static void assertFails(Preconditions conditions, String condition) {
        assertThatThrownBy(() -> check(conditions))
                .asInstanceOf(InstanceOfAssertFactories.type(AwsException.class))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(S3Error.PRECONDITION_FAILED);
                    assertThat(error.details()).containsEntry("Condition", condition);
                });
    }

    @Test
    void noneAlwaysHold() {
        assertThat(check(Preconditions.NONE)).isEqualTo(Outcome.HOLD);
    }

    @Test
    void ifMatchOfAnotherTagFails() {
        assertThat(check(conditions("\"abc\"", null, null, null))).isEqualTo(Outcome.HOLD);
        assertFails(conditions("\"x\"", null, null, null), "If-Match");
    }

    @Test
    void ifMatchOverrulesIfUnmodifiedSince() {
        assertThat(check(conditions("\"abc\"", BEFORE, null, null))).isEqualTo(Outcome.HOLD);
        assertFails(conditions("\"x\"", AFTER, null, null), "If-Match");
    }

    @Test
    void ifUnmodifiedSinceComparesWholeSeconds() {
        assertThat(check(conditions(null, SAME, null, null))).isEqualTo(Outcome.HOLD);
        assertThat(check(conditions(null, AFTER, null, null))).isEqualTo(Outcome.HOLD);
        assertFails(conditions(null, BEFORE, null, null), "If-Unmodified-Since");
    }

    @Test
    void ifNoneMatchOfTheSameTagIsNotModified() {
        assertThat(check(conditions(null, null, "abc", null))).isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(check(conditions(null, null, "*", null))).isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(check(conditions(null, null, "\"x\"", null))).isEqualTo(Outcome.HOLD);
    }

    @Test
    void ifNoneMatchOverrulesIfModifiedSince() {
        assertThat(check(conditions(null, null, "\"x\"", SAME))).isEqualTo(Outcome.HOLD);
        assertThat(check(conditions(null, null, "\"abc\"", BEFORE))).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    void ifModifiedSinceComparesWholeSeconds() {
        assertThat(check(conditions(null, null, null, BEFORE))).isEqualTo(Outcome.HOLD);
        assertThat(check(conditions(null, null, null, SAME))).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    void ifModifiedSinceInTheFutureIsIgnored() {
        assertThat(check(conditions(null, null, null, FUTURE))).isEqualTo(Outcome.HOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Mon, 23 Nov 2026 10:00:00 GMT", "Monday, 23-Nov-26 10:00:00 GMT", "Mon Nov 23 10:00:00 2026"})
    void everyFormOfHttpDateIsRead(String date) {
        assertThat(check(conditions(null, null, null, date))).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "23 Nov"})
    void whatIsNoDateIsIgnored(String date) {
        assertThat(check(conditions(null, date, null, date))).isEqualTo(Outcome.HOLD);
    }

    @Test
    void copySourceConditionsAllFailWithTheirOwnName() {
        assertThatThrownBy(() -> conditions(null, null, "\"abc\"", null).checkCopySource(TAG, MODIFIED, NOW))
                .asInstanceOf(InstanceOfAssertFactories.type(AwsException.class))
                .satisfies(error ->
                        assertThat(error.details()).containsEntry("Condition", "x-amz-copy-source-If-None-Match"));
        assertThatThrownBy(() -> conditions(null, null, null, AFTER).checkCopySource(TAG, MODIFIED, NOW))
                .asInstanceOf(InstanceOfAssertFactories.type(AwsException.class))
                .satisfies(error ->
                        assertThat(error.details()).containsEntry("Condition", "x-amz-copy-source-If-Modified-Since"));
        conditions("\"abc\"", BEFORE, null, null).checkCopySource(TAG, MODIFIED, NOW);
    }
}
