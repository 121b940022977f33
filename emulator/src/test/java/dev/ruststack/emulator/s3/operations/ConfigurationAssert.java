package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the tests of configurations have in common. */
final class ConfigurationAssert {
    private ConfigurationAssert() {}

    /** The call fails with S3's own code. */
    static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, error -> {
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.statusCode()).isEqualTo(status);
        });
    }

    /** Puts a document as it is, with the digest that S3 asks for. */
    static S3Fixture.Reply put(S3Fixture s3, String bucket, String query, String document) throws IOException {
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        return s3.send("PUT", "/" + bucket + "?" + query, Map.of("Content-MD5", md5(bytes)), bytes);
    }

    /** The code in an error's document. */
    static String code(S3Fixture.Reply reply) {
        var text = reply.text();
        int start = text.indexOf("<Code>");
        return start < 0 ? "none" : text.substring(start + 6, text.indexOf("</Code>"));
    }

    /** The message in an error's document. */
    static String message(S3Fixture.Reply reply) {
        var text = reply.text();
        int start = text.indexOf("<Message>");
        return start < 0 ? "none" : text.substring(start + 9, text.indexOf("</Message>"));
    }

    private static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
