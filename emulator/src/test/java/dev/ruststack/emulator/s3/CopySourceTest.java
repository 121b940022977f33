package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopySourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"bucket/a/b c+d?.txt", "/bucket/a/b%20c+d?.txt", "bucket%2Fa%2Fb%20c%2Bd%3F.txt"})
    void bucketAndKey(String header) {
        assertThat(CopySource.parse(header)).isEqualTo(new CopySource("bucket", "a/b c+d?.txt", null));
    }

    @Test
    void versionId() {
        assertThat(CopySource.parse("bucket/key?versionId=v1")).isEqualTo(new CopySource("bucket", "key", "v1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "bucket", "bucket/", "/bucket", "//key"})
    void withoutBucketOrKeyIsInvalidArgument(String header) {
        assertThatThrownBy(() -> CopySource.parse(header))
                .hasMessage("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
}
