package dev.ruststack.emulator.s3.operations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpHeaderGroup;
import dev.ruststack.emulator.http.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutObjectLegalHoldRequest;
import software.amazon.awssdk.services.s3.model.PutObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;

class UnsupportedHeadersTest {
    /** What changes nothing here, as the class says. */
    private static final Set<String> SAFE = Set.of(
            "x-amz-request-payer",
            "x-amz-mfa",
            "x-amz-optional-object-attributes",
            "x-amz-bucket-object-lock-token",
            // Read wherever bytes are taken in.
            "x-amz-sdk-checksum-algorithm");

    private static final Map<SdkPojo, Class<?>> OPERATIONS = Map.ofEntries(
            Map.entry(CopyObjectRequest.builder().build(), CopyObject.Input.class),
            Map.entry(CreateBucketRequest.builder().build(), CreateBucket.Input.class),
            Map.entry(DeleteBucketRequest.builder().build(), DeleteBucket.Input.class),
            Map.entry(DeleteObjectRequest.builder().build(), DeleteObject.Input.class),
            Map.entry(DeleteObjectsRequest.builder().build(), DeleteObjects.Input.class),
            Map.entry(GetBucketLocationRequest.builder().build(), GetBucketLocation.Input.class),
            Map.entry(GetObjectRequest.builder().build(), ReadInput.class),
            Map.entry(HeadBucketRequest.builder().build(), HeadBucket.Input.class),
            Map.entry(HeadObjectRequest.builder().build(), ReadInput.class),
            Map.entry(ListObjectsRequest.builder().build(), ListObjects.Input.class),
            Map.entry(ListObjectsV2Request.builder().build(), ListObjectsV2.Input.class),
            Map.entry(CreateMultipartUploadRequest.builder().build(), CreateMultipartUpload.Input.class),
            Map.entry(DeleteObjectTaggingRequest.builder().build(), DeleteObjectTagging.Input.class),
            Map.entry(GetBucketVersioningRequest.builder().build(), GetBucketVersioning.Input.class),
            Map.entry(GetObjectAttributesRequest.builder().build(), GetObjectAttributes.Input.class),
            Map.entry(GetObjectLegalHoldRequest.builder().build(), GetObjectLegalHold.Input.class),
            Map.entry(GetObjectLockConfigurationRequest.builder().build(), GetObjectLockConfiguration.Input.class),
            Map.entry(GetObjectRetentionRequest.builder().build(), GetObjectRetention.Input.class),
            Map.entry(GetObjectTaggingRequest.builder().build(), GetObjectTagging.Input.class),
            Map.entry(ListObjectVersionsRequest.builder().build(), ListObjectVersions.Input.class),
            Map.entry(PutBucketVersioningRequest.builder().build(), PutBucketVersioning.Input.class),
            Map.entry(PutObjectLegalHoldRequest.builder().build(), PutObjectLegalHold.Input.class),
            Map.entry(PutObjectLockConfigurationRequest.builder().build(), PutObjectLockConfiguration.Input.class),
            Map.entry(PutObjectRetentionRequest.builder().build(), PutObjectRetention.Input.class),
            Map.entry(PutObjectTaggingRequest.builder().build(), PutObjectTagging.Input.class),
            Map.entry(PutObjectRequest.builder().build(), PutObject.Input.class));

    static Stream<String> headersOfTheModelThatAreNotHonoured() {
        return OPERATIONS.entrySet().stream()
                .flatMap(operation -> modelled(operation.getKey()).stream()
                        .filter(header -> !honoured(operation.getValue()).contains(header)))
                .distinct()
                .sorted();
    }

    private static List<String> modelled(SdkPojo request) {
        return request.sdkFields().stream()
                .filter(field -> field.location() == MarshallLocation.HEADER)
                .map(field -> field.locationName().toLowerCase(Locale.ROOT))
                .filter(header -> header.startsWith("x-amz-") && !header.equals(UserMetadata.PREFIX))
                .filter(header -> !header.startsWith("x-amz-checksum-"))
                .toList();
    }

    private static List<String> honoured(Class<?> input) {
        return Arrays.stream(input.getRecordComponents())
                .flatMap(component -> component.isAnnotationPresent(HttpHeaderGroup.class)
                        ? Arrays.stream(component.getType().getRecordComponents())
                        : Stream.of(component))
                .map(component -> component.getAnnotation(HttpHeader.class))
                .filter(java.util.Objects::nonNull)
                .map(header -> header.value().toLowerCase(Locale.ROOT))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("headersOfTheModelThatAreNotHonoured")
    void everyHeaderOfTheModelIsHonouredRefusedOrNamedSafe(String header) {
        if (SAFE.contains(header)) {
            UnsupportedHeaders.refuse(Headers.of(header, "something"));
            return;
        }
        assertThatThrownBy(() -> UnsupportedHeaders.refuse(Headers.of(header, "something")))
                .isInstanceOf(AwsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Acl, private",
        "x-amz-acl, bucket-owner-full-control",
        "x-amz-object-ownership, BucketOwnerEnforced",
        "x-amz-te, anything",
        "x-amz-meta-acl, public",
    })
    void whatS3DoesAnywayOrDoesNotKnowPasses(String header, String value) {
        UnsupportedHeaders.refuse(Headers.of(header, value));
    }
}
