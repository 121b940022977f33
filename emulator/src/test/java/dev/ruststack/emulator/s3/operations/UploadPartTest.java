package dev.ruststack.emulator.s3.operations;

import static dev.ruststack.emulator.s3.operations.Multipart.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.S3Fixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.S3Exception;

class UploadPartTest {
    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.*)</UploadId>");

    /** As a client without default checksums begins it. */
    private static String plainUpload(String bucket) throws Exception {
        var created = S3.send("POST", "/" + bucket + "/key?uploads");
        var id = UPLOAD_ID.matcher(created.text());
        assertThat(id.find()).as(created.text()).isTrue();
        assertThat(created.header("x-amz-checksum-algorithm")).isNull();
        return id.group(1);
    }

    private static S3Fixture.Reply put(String bucket, String id, String query, Map<String, String> headers)
            throws Exception {
        return S3.send(
                "PUT", "/" + bucket + "/key?uploadId=" + id + query, headers, "abc".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theAnswerHasTheTagOfThePart() throws Exception {
        var bucket = S3.bucket();
        var id = plainUpload(bucket);

        var reply = put(bucket, id, "&partNumber=1", Map.of());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ETag")).isEqualTo("\"900150983cd24fb0d6963f7d28e17f72\"");
        assertThat(reply.header("x-amz-checksum-crc64nvme")).isNull();
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void aChecksumIsHeldAgainstTheBytesWhateverTheUploadHas() throws Exception {
        var bucket = S3.bucket();
        var id = plainUpload(bucket);

        var right = put(bucket, id, "&partNumber=1", Map.of("x-amz-checksum-crc32", "NSRBwg=="));
        var wrong = put(bucket, id, "&partNumber=1", Map.of("x-amz-checksum-crc32", "AAAAAA=="));

        assertThat(right.status()).as(right.text()).isEqualTo(200);
        assertThat(right.header("x-amz-checksum-crc32")).isEqualTo("NSRBwg==");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("<Code>BadDigest</Code>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1", "x", "99999999999"})
    void otherNumbersThanOneToTenThousandAreInvalid(String number) throws Exception {
        var bucket = S3.bucket();
        var id = plainUpload(bucket);

        var reply = put(bucket, id, "&partNumber=" + number, Map.of());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>InvalidArgument</Code>", "<ArgumentName>partNumber</ArgumentName>");
    }

    @Test
    void anUploadOfOneAlgorithmTakesNoPartsOfAnother() {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key", r -> r.checksumAlgorithm(ChecksumAlgorithm.SHA256));

        assertThatThrownBy(() -> S3.client()
                        .uploadPart(
                                r -> r.bucket(bucket)
                                        .key("key")
                                        .uploadId(upload.id())
                                        .partNumber(1)
                                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                                RequestBody.fromString("x")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Checksum Type mismatch occurred, expected checksum Type: sha256, "
                        + "actual checksum Type: crc32");
    }

    @Test
    void anUploadWithoutAnAlgorithmHasTheDefaultChecksumOfAllBytes() throws Exception {
        var bucket = S3.bucket();
        var id = plainUpload(bucket);
        var first = bytes(1, Multipart.LEAST);
        var tags = new ArrayList<String>();
        tags.add(S3.send("PUT", "/" + bucket + "/key?partNumber=1&uploadId=" + id, Map.of(), first)
                .header("ETag"));
        tags.add(put(bucket, id, "&partNumber=2", Map.of("x-amz-checksum-crc32", "NSRBwg=="))
                .header("ETag"));
        var document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + tags.get(0)
                + "</ETag></Part><Part><PartNumber>2</PartNumber><ETag>" + tags.get(1)
                + "</ETag></Part></CompleteMultipartUpload>";
        var done = S3.send(
                "POST", "/" + bucket + "/key?uploadId=" + id, Map.of(), document.getBytes(StandardCharsets.UTF_8));
        var all = Arrays.copyOf(first, first.length + 3);
        System.arraycopy("abc".getBytes(StandardCharsets.UTF_8), 0, all, first.length, 3);
        var whole = S3.send("PUT", "/" + bucket + "/whole", Map.of(), all);

        var head = S3.send("HEAD", "/" + bucket + "/key", Map.of("x-amz-checksum-mode", "ENABLED"), new byte[0]);

        assertThat(done.text()).contains("<ChecksumType>FULL_OBJECT</ChecksumType>");
        assertThat(head.header("x-amz-checksum-crc64nvme")).isEqualTo(whole.header("x-amz-checksum-crc64nvme"));
        assertThat(head.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    }

    @Test
    void anUploadIsOfItsKeyOnly() throws Exception {
        var bucket = S3.bucket();
        var id = plainUpload(bucket);

        var reply = S3.send("PUT", "/" + bucket + "/other?partNumber=1&uploadId=" + id, Map.of(), bytes(1, 1));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("<Code>NoSuchUpload</Code>");
    }

    @Test
    void aPartReplacesTheOneOfItsNumber() {
        var bucket = S3.bucket();
        var upload = Multipart.begin(S3, bucket, "key").part(1, bytes(1, 9)).part(1, bytes(2, 5));

        var listed = S3.client().listParts(r -> r.bucket(bucket).key("key").uploadId(upload.id()));

        assertThat(listed.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.size()).isEqualTo(5));
    }
}
