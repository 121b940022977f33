package dev.ruststack.emulator.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScalarsTest {
    private static final DateTimeFormatter EXPECTED = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    @Test
    void httpDateIsTheOneOfTheRfc() {
        assertThat(Scalars.httpDate(Instant.parse("1994-11-06T08:49:37.999Z")))
                .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void everyDayOfManyYearsIsWrittenAsTheFormatterDoes() {
        var end = Instant.parse("2101-01-01T00:00:00Z");

        for (var time = Instant.parse("1999-12-31T23:59:59Z"); time.isBefore(end); time = time.plusSeconds(86_399)) {
            assertThat(Scalars.httpDate(time)).isEqualTo(EXPECTED.format(time));
        }
    }
}
