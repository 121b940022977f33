package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagTest {
    private static final ETag TAG = new ETag("5d41402abc4b2a76b9719d911017c592");

    @Test
    void isTheMd5InQuotedHex() {
        var md5 = RunningChecksum.digest("MD5");
        var hello = "hello".getBytes(StandardCharsets.UTF_8);
        md5.update(hello, 0, hello.length);

        assertThat(ETag.ofMd5(md5.value()).quoted()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"5d41402abc4b2a76b9719d911017c592\"",
                "5d41402abc4b2a76b9719d911017c592",
                "W/\"5d41402abc4b2a76b9719d911017c592\"",
                "*",
                " * ",
                "\"other\", \"5d41402abc4b2a76b9719d911017c592\"",
                "other,5d41402abc4b2a76b9719d911017c592",
            })
    void matchesQuotedUnquotedWeakAndListed(String condition) {
        assertThat(TAG.matches(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "", "\"\"", ",", "\"5d41402abc4b2a76b9719d911017c592,\""})
    void doesNotMatchOthers(String condition) {
        assertThat(TAG.matches(condition)).isFalse();
    }

    @Test
    void commaWithinQuotesBelongsToTheTag() {
        assertThat(ETag.parseList("\"a,b\", \"c\"")).containsExactly(new ETag("a,b"), new ETag("c"));
    }
}
