package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.emulator.process.ProcessGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;

/** What is put into a bucket runs a function of the same stack. */
class FunctionNotificationsTest {
    /** Writes down what it is told, at once and whole. */
    private static final String CODE = """
            import os
            def handler(event, context):
                record = event["Records"][0]
                path = os.environ["HEARD"]
                with open(path + ".part", "w") as file:
                    file.write(record["eventName"] + " " + record["s3"]["object"]["key"])
                os.rename(path + ".part", path)
            """;

    @TempDir
    Path data;

    @TempDir
    Path output;

    private ProcessGuard guard;
    private Emulator emulator;
    private LambdaClient lambda;
    private S3Client s3;

    @BeforeEach
    void start() throws Exception {
        var variables = EmulatorProcess.variables(data);
        variables.put("RUSTSTACK_EXECUTOR", "Process");
        guard = ProcessGuard.start();
        emulator = Emulator.start(((EnvironmentReader.Result.Valid) EnvironmentReader.read(variables)).config(), guard);
        var endpoint = URI.create("http://127.0.0.1:" + emulator.ports().aws());
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key"));
        lambda = LambdaClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(keys)
                .build();
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(keys)
                .build();
    }

    @AfterEach
    void stop() {
        lambda.close();
        s3.close();
        emulator.close();
        guard.close();
    }

    @Test
    void anObjectThatIsPutRunsTheFunction() throws IOException {
        var code = zip();
        var heard = output.resolve("heard");
        var arn = lambda.createFunction(request -> request.functionName("hears")
                        .runtime("python3.11")
                        .role("arn:aws:iam::000000000000:role/any")
                        .handler("app.handler")
                        .environment(e -> e.variables(Map.of("HEARD", heard.toString())))
                        .code(c -> c.zipFile(SdkBytes.fromByteArray(code))))
                .functionArn();
        lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName("hears"));
        s3.createBucket(request -> request.bucket("bucket"));
        var notification = LambdaFunctionConfiguration.builder()
                .lambdaFunctionArn(arn)
                .eventsWithStrings("s3:ObjectCreated:*")
                .build();
        s3.putBucketNotificationConfiguration(request ->
                request.bucket("bucket").notificationConfiguration(c -> c.lambdaFunctionConfigurations(notification)));

        s3.putObject(request -> request.bucket("bucket").key("a/b"), RequestBody.fromString("text"));

        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(heard));
        assertThat(heard).hasContent("ObjectCreated:Put a/b");
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write(CODE.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
