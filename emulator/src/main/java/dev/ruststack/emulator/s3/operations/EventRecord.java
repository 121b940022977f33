package dev.ruststack.emulator.s3.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What S3 tells of one event. AWS: S3 User Guide, Event message structure. */
record EventRecord(
        String eventVersion,
        String eventSource,
        String awsRegion,
        String eventTime,
        String eventName,
        Identity userIdentity,
        RequestParameters requestParameters,
        ResponseElements responseElements,
        Entity s3) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** The whole message. */
    private record Message(@JsonProperty("Records") List<EventRecord> records) {}

    /** Who did it, or owns the bucket. */
    record Identity(String principalId) {}

    /** Where the request came from. */
    record RequestParameters(
            @JsonProperty("sourceIPAddress") String sourceIpAddress) {}

    /** The request's ids. */
    record ResponseElements(
            @JsonProperty("x-amz-request-id") String requestId,
            @JsonProperty("x-amz-id-2") String hostId) {}

    /** What it is about. */
    record Entity(
            @JsonProperty("s3SchemaVersion") String schemaVersion,
            String configurationId,
            Place bucket,
            Thing object) {}

    /** The bucket. */
    record Place(String name, Identity ownerIdentity, String arn) {}

    /**
     * The object.
     *
     * @param key encoded as in a form
     * @param sequencer hexadecimal: of two events of a key, the later has the greater one
     */
    record Thing(
            String key,
            @Nullable Long size,
            @JsonProperty("eTag") @Nullable String etag,
            @Nullable String versionId,
            String sequencer) {}

    byte[] json() {
        return JSON.writeValueAsBytes(new Message(List.of(this)));
    }
}
