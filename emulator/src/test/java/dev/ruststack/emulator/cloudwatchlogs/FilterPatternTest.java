package dev.ruststack.emulator.cloudwatchlogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
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

    @ParameterizedTest
    @ValueSource(strings = {"[ip, user, status=4*]", "%a.*b%"})
    void columnsAndRegularExpressionsAreRefusedByName(String pattern) {
        assertThatThrownBy(() -> FilterPattern.parse(pattern)).hasMessageContaining("does not implement");
    }
}
