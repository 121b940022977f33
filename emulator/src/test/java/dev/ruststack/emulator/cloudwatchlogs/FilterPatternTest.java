package dev.ruststack.emulator.cloudwatchlogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | anything            | true",
                "ERROR             | an ERROR here       | true",
                "ERROR             | an error here       | false",
                "ERROR disk        | disk: ERROR         | true",
                "ERROR disk        | ERROR               | false",
                "ERROR -disk       | ERROR               | true",
                "ERROR -disk       | ERROR disk          | false",
                "-disk             | anything            | true",
                "?ERROR ?WARN      | WARN                | true",
                "?ERROR ?WARN      | INFO                | false",
                "INFO ?ERROR       | INFO                | true",
                "\"not found\"     | it was not found    | true",
                "\"not found\"     | found not           | false",
                "-\"not found\" it | it was found        | true",
            })
    void termsAreSoughtInTheText(String pattern, String line, boolean matches) {
        assertThat(FilterPattern.parse(pattern).matches(line)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{ $.a = 1 } ~ {\"a\": 1.0}                  ~ true",
                "{ $.a = 1 } ~ {\"a\": \"1\"}                ~ false",
                "{ $.a != 1 } ~ {\"a\": 2}                    ~ true",
                "{ $.a != 1 } ~ {\"b\": 2}                    ~ false",
                "{ $.a >= 10 && $.b < -1.5 } ~ {\"a\": 10, \"b\": -2}        ~ true",
                "{ $.a >= 10 && $.b < -1.5 } ~ {\"a\": 9, \"b\": -2}         ~ false",
                "{$.a=1||$.b=1} ~ {\"b\": 1}                    ~ true",
                "{ $.c = 1 && ($.a = 1 || $.b = 1) } ~ {\"b\": 1, \"c\": 1}        ~ true",
                "{ $.c = 1 && ($.a = 1 || $.b = 1) } ~ {\"b\": 1}                  ~ false",
                "{ $.a = \"x y\" } ~ {\"a\": \"x y\"}              ~ true",
                "{ $.a = xy } ~ {\"a\": \"xy\"}               ~ true",
                "{ $.a = \"x*\" } ~ {\"a\": \"xyz\"}              ~ true",
                "{ $.a = \"*y*\" } ~ {\"a\": \"xyz\"}              ~ true",
                "{ $.a = \"ab*ba\" } ~ {\"a\": \"aba\"}              ~ false",
                "{ $.a != \"x*\" } ~ {\"a\": \"xyz\"}              ~ false",
                "{ $.a.b[1].c = 3 } ~ {\"a\": {\"b\": [0, {\"c\": 3}]}} ~ true",
                "{ $.a[*] = 3 } ~ {\"a\": [1, 2, 3]}            ~ true",
                "{ $.a[*] = 3 } ~ {\"a\": [1, 2]}               ~ false",
                "{ $.a IS TRUE } ~ {\"a\": true}                 ~ true",
                "{ $.a IS FALSE } ~ {\"a\": true}                 ~ false",
                "{ $.a IS NULL } ~ {\"a\": null}                 ~ true",
                "{ $.a NOT EXISTS } ~ {\"b\": 1}                    ~ true",
                "{ $.a NOT EXISTS } ~ {\"a\": null}                 ~ false",
                "{ $.a = 1 } ~ no JSON                       ~ false",
                "{ $.a = 1 } ~ {broken                       ~ false",
            })
    void conditionsAreOnLinesOfJson(String pattern, String line, boolean matches) {
        assertThat(FilterPattern.parse(pattern).matches(line)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{ }",
                "{ $.a }",
                "{ a = 1 }",
                "{ $.a = }",
                "{ $.a = 1 } x",
                "{ $.a > x }",
                "{ ($.a = 1 }",
                "{ $.a IS 1 }",
                "{ $.a[x] = 1 }",
                "\"open",
                "-",
                "? x"
            })
    void whatIsNoPatternIsInvalid(String pattern) {
        assertThatThrownBy(() -> FilterPattern.parse(pattern))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Invalid filter pattern");
    }

    private static final String ACCESS =
            "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[ip, id, user, time, request, status, bytes]                              ~ true",
                "[ip, id, user, time, request, status]                                     ~ false",
                "[ip, id, user, time, request, status = 404, bytes]                        ~ true",
                "[ip, id, user, time, request, status = 4*, bytes > 1000]                  ~ true",
                "[ip, id, user, time, request, status = 4*, bytes > 2000]                  ~ false",
                "[ip, id, user, time, request, status != 4*, bytes]                        ~ false",
                "[ip, id, user, time, request = *html*, status = 4* || status = 5*, bytes] ~ true",
                "[ip, id, user, time, request, status >= 400 && status < 404, bytes]       ~ false",
                "[..., status = 404, bytes]                                                ~ true",
                "[ip = 127.0.0.*, ...]                                                     ~ true",
                "[ip, ..., status = 4*, bytes]                                             ~ true",
                "[..., request = \"GET /index.html HTTP/1.0\", status, bytes]              ~ true",
                "[ip = %127\\.0\\.0\\.[1-9]%, ...]                                          ~ true",
                "[ip = %^10\\.%, ...]                                                      ~ false",
            })
    void columnsAreWhatStandsBetweenSpacesQuotesAndBrackets(String pattern, boolean matches) {
        assertThat(FilterPattern.parse(pattern).matches(ACCESS)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"%ERR(OR)?%, an ERROR, true", "%^ERR%, an ERROR, false", "%\\d{3}%, status 404, true"})
    void regularExpressionsAreSoughtInTheText(String pattern, String line, boolean matches) {
        assertThat(FilterPattern.parse(pattern).matches(line)).isEqualTo(matches);
    }

    @Test
    void anExpressionThatBacktracksForEverMatchesNothing() {
        assertThat(FilterPattern.parse("%(x+x+)+y%").matches("x".repeat(100))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a, b", "[a = ]", "[a b]", "[a > x]", "[a = \"x]", "%", "%%", "%(%", "%a% b"})
    void whatIsNoColumnsAndNoExpressionIsInvalid(String pattern) {
        assertThatThrownBy(() -> FilterPattern.parse(pattern)).hasMessageContaining("Invalid filter pattern");
    }
}
