package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-8, bytes 0-8/10",
        "bytes=0-0, bytes 0-0/10",
        "bytes=9-9, bytes 9-9/10",
        "bytes=5-, bytes 5-9/10",
        "bytes=0-100, bytes 0-9/10",
        "bytes=-3, bytes 7-9/10",
        "bytes=-15, bytes 0-9/10",
        "bytes=3-99999999999999999999999, bytes 3-9/10",
    })
    void partOfTenBytes(String header, String contentRange) {
        var range = ByteRange.parse(header, 10);

        assertThat(range).isNotNull();
        assertThat(range.contentRange()).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=1-0",
                "bytes=-1-",
                "bytes=0--1",
                "bytes=0-1,3-4",
                "bytes=-",
                "bytes=",
                "bytes=a-b",
                "items=0-1",
                "0-1",
                "",
            })
    void whatIsNoSingleRangeIsIgnored(String header) {
        assertThat(ByteRange.parse(header, 10)).isNull();
    }

    @Test
    void noHeaderIsTheWholeObject() {
        assertThat(ByteRange.parse(null, 10)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=-0", "bytes=10-", "bytes=100-200", "bytes=99999999999999999999999-"})
    void rangePastEndIsInvalidRange(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, 10))
                .asInstanceOf(InstanceOfAssertFactories.type(AwsException.class))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(S3Error.INVALID_RANGE);
                    assertThat(error.details())
                            .containsEntry("ActualObjectSize", "10")
                            .containsEntry("RangeRequested", header);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-0", "bytes=0-", "bytes=-5"})
    void everyRangeOfNothingIsInvalid(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, 0)).isInstanceOf(AwsException.class);
    }
}
