package dev.ruststack.emulator.lambda;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ruststack.emulator.aws.StableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a function, or of one of its aliases. AWS: Lambda API Reference, FunctionUrlConfig; Lambda Developer Guide,
 * Creating and managing Lambda function URLs.
 *
 * @param id the first label of its host, 32 letters and digits
 * @param functionArn with the alias where it is one's
 * @param cors null where the function answers for itself
 * @param invokeMode {@code BUFFERED} or {@code RESPONSE_STREAM}
 * @param creationTime as on the wire
 * @param lastModifiedTime as on the wire
 */
public record FunctionUrl(
        String id,
        String functionArn,
        String authType,
        @Nullable Cors cors,
        String invokeMode,
        String creationTime,
        String lastModifiedTime) {
    public static final String NONE = "NONE";
    public static final String AWS_IAM = "AWS_IAM";
    public static final String BUFFERED = "BUFFERED";
    public static final String RESPONSE_STREAM = "RESPONSE_STREAM";

    /**
     * What browsers of other origins may do; a member that is null says nothing.
     *
     * @param maxAge seconds
     */
    public record Cors(
            @Nullable Boolean allowCredentials,
            @Nullable List<String> allowHeaders,
            @Nullable List<String> allowMethods,
            @Nullable List<String> allowOrigins,
            @Nullable List<String> exposeHeaders,
            @Nullable Integer maxAge) {}

    /** The id of the URL of a function or an alias: AWS's are random, this is the same each time a stack starts. */
    public static String idOf(String functionArn) {
        return StableId.of("function URL of " + functionArn, 32);
    }

    /** The region of its function. */
    @JsonIgnore
    public String region() {
        return functionArn.split(":")[3];
    }

    /** The account of its function. */
    @JsonIgnore
    public String accountId() {
        return functionArn.split(":")[4];
    }

    @JsonIgnore
    boolean isOf(String unqualifiedArn) {
        return functionArn.equals(unqualifiedArn) || functionArn.startsWith(unqualifiedArn + ":");
    }
}
