package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * The object to copy: {@code bucket/key} or {@code /bucket/key}, percent-encoded, with {@code ?versionId=} where it is
 * not the current version. AWS: S3 API Reference, CopyObject (x-amz-copy-source).
 */
public record CopySource(
        String bucket, String key, @Nullable String versionId) {
    public static CopySource parse(String header) {
        int question = header.lastIndexOf("?versionId=");
        var path = PercentEncoding.decode(question < 0 ? header : header.substring(0, question));
        var versionId = question < 0
                ? null
                : Query.parse(header.substring(question + 1)).first("versionId");
        if (path.startsWith("arn:")) {
            throw S3Error.unsupportedHeader("x-amz-copy-source");
        }
        if (path.startsWith("/")) {
            path = path.substring(1);
        }
        int slash = path.indexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            throw S3Error.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                    "x-amz-copy-source",
                    header);
        }
        return new CopySource(path.substring(0, slash), path.substring(slash + 1), versionId);
    }
}
