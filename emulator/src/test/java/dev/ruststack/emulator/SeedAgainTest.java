package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import dev.ruststack.emulator.process.ProcessGuard;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Clients delete what is just being seeded. */
class SeedAgainTest {
    private static final String STACK = """
            apiVersion: ruststack.dev/v1alpha1
            kind: RustStack
            metadata: {name: shop}
            spec:
              buckets:
              - name: heard
                notification: {lambdaFunctionConfigurations: [{function: nap, events: ["s3:ObjectCreated:*"]}]}
              functions:
              - {name: nap, runtime: python3.11, handler: app.handler, code: {path: nap}}
            """;

    @TempDir
    Path data;

    @TempDir
    Path code;

    private ProcessGuard guard;
    private Emulator emulator;
    private LambdaClient lambda;

    @BeforeEach
    void start() throws Exception {
        var variables = EmulatorProcess.variables(data);
        variables.put("RUSTSTACK_EXECUTOR", "Process");
        guard = ProcessGuard.start();
        emulator = Emulator.start(((EnvironmentReader.Result.Valid) EnvironmentReader.read(variables)).config(), guard);
        lambda = LambdaClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + emulator.ports().aws()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .build();
    }

    @AfterEach
    void stop() {
        lambda.close();
        emulator.close();
        guard.close();
    }

    @Test
    void aFunctionThatIsDeletedWhileItIsSeededIsMadeAgain() throws Exception {
        seed(() -> {});

        var isDeleted = new AtomicBoolean();
        var item = seed(() -> {
            if (isDeleted.compareAndSet(false, true)) {
                lambda.deleteFunction(request -> request.functionName("nap"));
            }
        });

        assertThat(item.state()).isEqualTo("Failed");
        assertThat(item.reason()).isEqualTo(SeedItem.SERVICE_UNAVAILABLE);
        assertThat(emulator.health().notReady()).contains("nap");
        await().atMost(Duration.ofMinutes(1)).until(() -> emulator.health().notReady() == null);
        assertThat(lambda.invoke(request -> request.functionName("nap"))
                        .payload()
                        .asUtf8String())
                .isEqualTo("\"rested\"");
    }

    @Test
    void aBucketOfWhichADeletedFunctionIsToHearIsMadeWithIt() throws Exception {
        emulator.seed(spec(), sources(() -> {}), SeedProgress.SILENT);
        var isDeleted = new AtomicBoolean();
        var bucket = emulator.seed(
                        spec(),
                        sources(() -> {
                            if (isDeleted.compareAndSet(false, true)) {
                                lambda.deleteFunction(request -> request.functionName("nap"));
                            }
                        }),
                        SeedProgress.SILENT)
                .items()
                .getFirst();

        assertThat(bucket.kind()).isEqualTo("Bucket");
        assertThat(bucket.error()).isEqualTo("notification: there is no function nap");
        assertThat(bucket.reason()).isEqualTo(SeedItem.SERVICE_UNAVAILABLE);
        await().atMost(Duration.ofMinutes(1)).until(() -> emulator.health().notReady() == null);
    }

    /** Seeds, and does something once it is known whether the function is there. */
    private SeedItem seed(Runnable meanwhile) throws Exception {
        return emulator.seed(spec(), sources(meanwhile), SeedProgress.SILENT)
                .items()
                .getLast();
    }

    private SeedSources sources(Runnable meanwhile) {
        return new SeedSources() {
            @Override
            public Path resolve(String path) {
                return code.resolve(path);
            }

            @Override
            public Path deploymentPackage(String functionName, String codePath) throws IOException {
                meanwhile.run();
                return zip();
            }
        };
    }

    private static RustStackSpec spec() throws IOException {
        var read = RustStackYaml.read(new ByteArrayInputStream(STACK.getBytes(UTF_8)), "stack.yaml");
        return ((ReadResult.Valid) read).documents().getFirst().spec();
    }

    private Path zip() throws IOException {
        var file = code.resolve("nap.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            var entry = new ZipEntry("app.py");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write("def handler(event, context):\n    return 'rested'\n".getBytes(UTF_8));
            zip.closeEntry();
        }
        return file;
    }
}
