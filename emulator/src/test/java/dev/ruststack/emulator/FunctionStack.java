package dev.ruststack.emulator;

import dev.ruststack.emulator.lambda.TestZip;
import dev.ruststack.emulator.process.ProcessGuard;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A whole emulator that runs functions as processes, and clients that do not try again. */
final class FunctionStack implements AutoCloseable {
    private final ProcessGuard guard;
    final Emulator emulator;
    final LambdaClient lambda;
    final S3Client s3;

    private FunctionStack(ProcessGuard guard, Emulator emulator) {
        this.guard = guard;
        this.emulator = emulator;
        var endpoint = URI.create("http://127.0.0.1:" + emulator.ports().aws());
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key"));
        lambda = LambdaClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(keys)
                .overrideConfiguration(configuration -> configuration.retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(keys)
                .build();
    }

    /** @param changes settings by the names of their environment variables */
    static FunctionStack start(Path data, Map<String, String> changes) throws Exception {
        var variables = new ConcurrentHashMap<>(EmulatorProcess.variables(data));
        variables.put("RUSTSTACK_EXECUTOR", "Process");
        variables.putAll(changes);
        var guard = ProcessGuard.start();
        var config = ((EnvironmentReader.Result.Valid) EnvironmentReader.read(variables)).config();
        return new FunctionStack(guard, Emulator.start(config, guard));
    }

    /** Makes a Python function, {@code handler} of this code, and waits until it is active. */
    String python(String name, String code) {
        var arn = lambda.createFunction(request -> request.functionName(name)
                        .runtime("python3.12")
                        .role("arn:aws:iam::000000000000:role/any")
                        .handler("app.handler")
                        .timeout(60)
                        .code(c -> c.zipFile(SdkBytes.fromByteArray(TestZip.of("app.py", code)))))
                .functionArn();
        lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
        return arn;
    }

    @Override
    public void close() {
        lambda.close();
        s3.close();
        emulator.close();
        guard.close();
    }
}
