package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where deployment packages come from that a request only names: the S3 of the same stack. */
@FunctionalInterface
public interface CodeSource {
    /**
     * Opens an object.
     *
     * @param owner the account that asks, and the region it asks in
     * @param versionId null for the current version
     * @throws AwsException S3's own error where there is none
     */
    InputStream fromS3(FunctionName owner, String bucket, String key, @Nullable String versionId) throws IOException;
}
