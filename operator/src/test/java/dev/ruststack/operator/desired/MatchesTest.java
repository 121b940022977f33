package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": 1}                             | {"a": 1, "default": true}                    | true
            {"a": 1}                             | {"a": 1.0}                                   | true
            {"a": 1}                             | {"a": 2}                                     | false
            {"a": 1}                             | {}                                           | false
            {"a": {"b": "", "c": []}}            | {}                                           | true
            {"l": [{"name": "x", "v": 1}]}       | {"l": [{"name": "y"}, {"name": "x", "v": 1}]} | true
            {"l": [{"name": "x", "v": 1}]}       | {"l": [{"name": "x", "v": 2}]}               | false
            {"l": [{"name": "x"}]}               | {"l": []}                                    | false
            {"l": ["a", "b"]}                    | {"l": ["a", "b"]}                            | true
            {"l": ["a", "b"]}                    | {"l": ["b", "a"]}                            | false
            {"l": ["a"]}                         | {"l": ["a", "b"]}                            | false
            {"l": [{"port": 1}]}                 | {"l": [{"port": 1, "protocol": "TCP"}]}      | true
            """)
    void whatIsDesiredHasToBeThereAndMoreMayBe(String desired, String actual, boolean matches)
            throws JsonProcessingException {
        assertThat(Matches.subset(Json.canonical(tree(desired)), tree(actual))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": 1, "b": 2}       | {"b": 2, "a": 1}  | true
            {"a": 1, "b": ""}      | {"a": 1}          | true
            {"a": {"b": {}}}       | {}                | true
            {"a": [1, 2]}          | {"a": [2, 1]}     | false
            {"a": false}           | {}                | false
            """)
    void emptyValuesAndTheOrderOfKeysAreNoPartOfAHash(String one, String other, boolean same)
            throws JsonProcessingException {
        assertThat(Hash.of(tree(one)).equals(Hash.of(tree(other)))).isEqualTo(same);
    }

    private static JsonNode tree(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }
}
