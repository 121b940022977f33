package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"abc", "my-bucket", "my.bucket.example.com", "1bucket", "a--b", "192.168.5.4a"})
    void isValid(String name) {
        assertThat(BucketName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "Bucket",
                "my_bucket",
                "-bucket",
                "bucket-",
                ".bucket",
                "a..b",
                "192.168.5.4",
                "xn--bucket",
                "sthree-bucket",
                "amzn-s3-demo-bucket",
                "bucket-s3alias",
                "bucket--ol-s3",
                "bucket.mrap",
                "bucket--x-s3",
                "bucket--table-s3",
                "bücket",
                "a b",
            })
    void isNotValid(String name) {
        assertThat(BucketName.isValid(name)).isFalse();
    }

    @Test
    void lengthIsThreeToSixtyThree() {
        assertThat(BucketName.isValid("a".repeat(63))).isTrue();
        assertThat(BucketName.isValid("a".repeat(64))).isFalse();
    }

    @Test
    void namesOfOldBucketsAreLookedUp() {
        assertThat(BucketName.mayExist("My_Bucket")).isTrue();
        assertThat(BucketName.mayExist("a b")).isFalse();
    }
}
