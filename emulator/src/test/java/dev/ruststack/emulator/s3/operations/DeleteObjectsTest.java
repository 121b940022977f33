package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DeleteObjectsTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static ObjectIdentifier object(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    private static S3Fixture.Reply post(String bucket, String xml) throws IOException {
        return S3.send(
                "POST",
                "/" + bucket + "?delete",
                Map.of("Content-MD5", md5(xml)),
                xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(String text) {
        try {
            var md5 = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(md5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void missingKeysCountAsDeleted() {
        var bucket = S3.bucket();
        S3.put(bucket, "a", "x");
        S3.put(bucket, "b<&>", "x");

        var deleted = S3.client()
                .deleteObjects(
                        r -> r.bucket(bucket).delete(d -> d.objects(object("a"), object("b<&>"), object("none"))));

        assertThat(deleted.deleted()).extracting(DeletedObject::key).containsExactly("a", "b<&>", "none");
        assertThat(deleted.errors()).isEmpty();
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
    }

    @Test
    void quietTellsOnlyErrors() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "a", "x");

        var reply = post(bucket, "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>");

        assertThat(reply.text())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></DeleteResult>");
    }

    @Test
    void eachObjectFailsByItself() {
        var bucket = S3.bucket();
        S3.put(bucket, "a", "x");
        S3.put(bucket, "b", "x");
        var versioned =
                ObjectIdentifier.builder().key("a").versionId("no-such-version").build();
        var conditional = ObjectIdentifier.builder().key("b").eTag("other").build();

        var deleted = S3.client()
                .deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(versioned, conditional, object("c"))));

        assertThat(deleted.errors())
                .extracting(error -> error.key() + " " + error.code())
                .containsExactly("a NoSuchVersion", "b PreconditionFailed");
        assertThat(deleted.deleted()).extracting(DeletedObject::key).containsExactly("c");
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(2);
    }

    @Test
    void aThousandAtOnceAndNoMore() {
        var bucket = S3.bucket();
        var thousand = IntStream.range(0, 1000).mapToObj(i -> object("key" + i)).toList();
        var more = IntStream.range(0, 1001).mapToObj(i -> object("key" + i)).toList();

        assertThat(S3.client()
                        .deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(thousand)))
                        .deleted())
                .hasSize(1000);
        assertThatThrownBy(() -> S3.client().deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(more))))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("MalformedXML"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete></Delete>",
                "<Delete>",
                "<Other/>",
                "nonsense",
                "<Delete><Object><VersionId>null</VersionId></Object></Delete>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>&e;</Key></Object></Delete>",
            })
    void whatIsNotTheDocumentIsMalformedXml(String xml) throws IOException {
        var reply = post(S3.bucket(), xml);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>MalformedXML</Code>");
    }

    @Test
    void withoutADigestTheRequestIsRefused() throws IOException {
        var bucket = S3.bucket();
        S3.put(bucket, "a", "x");
        var xml = "<Delete><Object><Key>a</Key></Object></Delete>".getBytes(StandardCharsets.UTF_8);

        var without = S3.send("POST", "/" + bucket + "?delete", Map.of(), xml);
        var wrong = S3.send("POST", "/" + bucket + "?delete", Map.of("Content-MD5", md5("other")), xml);

        assertThat(without.text())
                .contains("<Code>InvalidRequest</Code><Message>Missing required header for this request: "
                        + "Content-MD5 OR x-amz-checksum-*</Message>");
        assertThat(wrong.text()).contains("<Code>BadDigest</Code>");
        assertThat(S3.client().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
        assertThat(List.of(without.status(), wrong.status())).containsOnly(400);
    }
}
