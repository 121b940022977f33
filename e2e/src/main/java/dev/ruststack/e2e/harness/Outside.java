package dev.ruststack.e2e.harness;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients outside of the cluster: their requests go to the emulator's pod through port forwarding of the API server.
 * It ends with the pod; whoever wants the next one opens another.
 */
public final class Outside implements AutoCloseable {
    /** The SDK's own is shorter than a pod may take to be found impossible. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Stack stack;
    private final LocalPortForward aws;
    private final LocalPortForward front;
    private final HttpClient http = HttpClient.newHttpClient();

    Outside(Stack stack) {
        this.stack = stack;
        this.aws = forward(stack, 4566);
        this.front = forward(stack, 8080);
    }

    private static LocalPortForward forward(Stack stack, int port) {
        var pod = stack.emulatorPod().getMetadata().getName();
        return Cluster.client()
                .pods()
                .inNamespace(stack.namespace())
                .withName(pod)
                .portForward(port);
    }

    /** A forward to the admin port, which no Service has. */
    public static LocalPortForward admin(Stack stack) {
        return forward(stack, 4567);
    }

    public S3Client s3() {
        return with(S3Client.builder()).build();
    }

    public DynamoDbClient dynamoDb() {
        return with(DynamoDbClient.builder()).build();
    }

    public LambdaClient lambda() {
        return with(LambdaClient.builder()).build();
    }

    /** An answer of the HTTP front. */
    public HttpResponse<String> get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.getLocalPort() + path))
                .timeout(Duration.ofMinutes(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B with(B builder) {
        var binding = stack.name() + "-binding";
        return builder.endpointOverride(URI.create("http://127.0.0.1:" + aws.getLocalPort()))
                .region(Region.of(stack.secret(binding, "AWS_REGION")))
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(PATIENCE)
                        .build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        stack.secret(binding, "AWS_ACCESS_KEY_ID"), stack.secret(binding, "AWS_SECRET_ACCESS_KEY"))));
    }

    @Override
    public void close() {
        http.close();
        try (aws;
                front) {
            // Both end, whatever one of them says.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
