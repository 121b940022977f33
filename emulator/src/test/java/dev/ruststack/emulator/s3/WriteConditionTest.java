package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WriteConditionTest {
    private static final ETag TAG = new ETag("abc");

    private static void assertError(ThrowingCallable call, S3Error code, Map<String, String> details) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(AwsException.class))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.details()).containsAllEntriesOf(details);
                });
    }

    @Test
    void absentHeadersAreNoCondition() {
        WriteCondition.of(null, null).check(TAG, "k");
        WriteCondition.of(null, null).check(null, "k");
    }

    @Test
    void ifNoneMatchStarWantsNothingThere() {
        var condition = WriteCondition.of(null, "*");

        condition.check(null, "k");
        assertError(() -> condition.check(TAG, "k"), S3Error.PRECONDITION_FAILED, Map.of("Condition", "If-None-Match"));
    }

    @Test
    void ifMatchWantsThisTag() {
        var condition = WriteCondition.of("\"abc\"", null);

        condition.check(TAG, "k");
        assertError(
                () -> condition.check(new ETag("x"), "k"),
                S3Error.PRECONDITION_FAILED,
                Map.of("Condition", "If-Match"));
    }

    @Test
    void ifMatchOnMissingKeyIsNoSuchKey() {
        assertError(() -> WriteCondition.of("\"abc\"", null).check(null, "k"), S3Error.NO_SUCH_KEY, Map.of("Key", "k"));
    }

    @Test
    void whatS3DoesNotTakeIsNotImplemented() {
        assertError(
                () -> WriteCondition.of(null, "\"abc\""), S3Error.NOT_IMPLEMENTED, Map.of("Header", "If-None-Match"));
        assertError(() -> WriteCondition.of("*", null), S3Error.NOT_IMPLEMENTED, Map.of("Header", "If-Match"));
        assertError(
                () -> WriteCondition.of("\"abc\"", "*"),
                S3Error.NOT_IMPLEMENTED,
                Map.of("Header", "If-Match,If-None-Match"));
    }
}
