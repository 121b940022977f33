package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An emulator with Persistent storage, as a process that ends in every way there is. */
class PersistenceTest {
    private static final String BUCKET = "kept";
    private static final int ROUNDS = 12;

    /** A slow machine has fewer rounds. */
    private static final int LEAST_ROUNDS = 3;

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int WRITERS = 4;
    private static final int KEYS = 6;
    private static final List<Integer> SIZES = List.of(0, 1, 700, 9_000, 70_000, 400_000);

    @TempDir
    Path folder;

    private EmulatorProcess start() throws Exception {
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_STORAGE", "Persistent");
        return EmulatorProcess.start(variables).listening();
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(retries -> retries.maxAttempts(1))
                        .apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    /**
     * What clients know of one key: the content that was acknowledged last, and what was under way after; null for no
     * object.
     */
    private record Known(Integer acknowledged, Integer underway) {
        static final int NOTHING = -1;
        static final Known NEVER = new Known(NOTHING, NOTHING);

        boolean allows(int found) {
            return found == acknowledged || found == underway;
        }
    }

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    @Test
    void whateverIsAcknowledgedOutlivesAKill() throws Exception {
        var random = new Random();
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int round = 0; round < ROUNDS && (round < LEAST_ROUNDS || System.nanoTime() < end); round++) {
            try (var emulator = start();
                    var s3 = client(emulator.aws())) {
                if (round == 0) {
                    s3.createBucket(request -> request.bucket(BUCKET));
                } else {
                    verify(s3, emulator);
                }
                writeUntilKilled(s3, emulator, random.nextInt(50, 800));
            }
        }
        try (var emulator = start();
                var s3 = client(emulator.aws())) {
            verify(s3, emulator);
            assertThat(known).hasSizeGreaterThan(WRITERS);
        }
    }

    private void writeUntilKilled(S3Client s3, EmulatorProcess emulator, int milliseconds) throws InterruptedException {
        var writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> Thread.ofVirtual().start(() -> write(s3, writer)))
                .toList();
        Thread.sleep(milliseconds);
        emulator.close();
        for (var writer : writers) {
            writer.join();
        }
    }

    /** Changes keys of its own until the emulator is gone. */
    private void write(S3Client s3, int writer) {
        var random = ThreadLocalRandom.current();
        try {
            while (true) {
                var key = "writer-" + writer + "/" + random.nextInt(KEYS);
                int next = random.nextInt(4) == 0 ? Known.NOTHING : random.nextInt(1 << 20);
                var before = known.getOrDefault(key, Known.NEVER);
                known.put(key, new Known(before.acknowledged, next));
                if (next == Known.NOTHING) {
                    s3.deleteObject(request -> request.bucket(BUCKET).key(key));
                } else {
                    s3.putObject(
                            request -> request.bucket(BUCKET).key(key).metadata(Map.of("content", "" + next)),
                            RequestBody.fromBytes(content(next)));
                }
                known.put(key, new Known(next, next));
            }
        } catch (SdkException e) {
            // Killed: what was under way may have been done, or not.
        }
    }

    private static byte[] content(int number) {
        var bytes = new byte[SIZES.get(number % SIZES.size())];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private void verify(S3Client s3, EmulatorProcess emulator) {
        // No object was lost with its file, and no half of one was found.
        assertThat(emulator.output()).noneMatch(line -> line.contains("ERROR"));
        var listed = s3.listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::size));
        for (var key : known.keySet()) {
            int found = read(s3, key);
            assertThat(known.get(key).allows(found))
                    .as("%s is %s, known: %s", key, found, known.get(key))
                    .isTrue();
            assertThat(listed.containsKey(key)).isEqualTo(found != Known.NOTHING);
            known.put(key, new Known(found, found));
        }
        assertThat(known.keySet()).containsAll(listed.keySet());
    }

    /** The number whose content an object has, every byte of it. */
    private static int read(S3Client s3, String key) {
        try {
            var object = s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key));
            int number = Integer.parseInt(object.response().metadata().get("content"));
            assertThat(Arrays.equals(object.asByteArray(), content(number)))
                    .as(key)
                    .isTrue();
            return number;
        } catch (NoSuchKeyException e) {
            return Known.NOTHING;
        }
    }

    private static LambdaClient lambda(URI endpoint) {
        return LambdaClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .build();
    }

    private static SdkBytes zip(String code) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write(code.getBytes(UTF_8));
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    @Test
    void functionsAreThereAgainWithTheirCodeAndSettings() throws Exception {
        GetFunctionResponse before;
        var first = zip("first");
        var second = zip("second");
        try (var emulator = start();
                var lambda = lambda(emulator.aws())) {
            for (var name : List.of("kept", "gone")) {
                lambda.createFunction(request -> request.functionName(name)
                        .runtime("python3.12")
                        .handler("app.handler")
                        .role("arn:aws:iam::000000000000:role/any")
                        .code(code -> code.zipFile(first))
                        .environment(environment -> environment.variables(Map.of("STAGE", "test")))
                        .vpcConfig(vpc -> vpc.subnetIds("subnet-1").securityGroupIds("sg-1"))
                        .loggingConfig(logging -> logging.logFormat("JSON"))
                        .tags(Map.of("team", "shop")));
                lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
            }
            lambda.publishVersion(request -> request.functionName("kept"));
            lambda.createAlias(
                    request -> request.functionName("kept").name("live").functionVersion("1"));
            lambda.updateFunctionCode(request -> request.functionName("kept").zipFile(second));
            lambda.waiter().waitUntilFunctionUpdatedV2(request -> request.functionName("kept"));
            lambda.tagResource(request -> request.resource("arn:aws:lambda:us-east-1:000000000000:function:kept")
                    .tags(Map.of("more", "1")));
            lambda.putFunctionConcurrency(
                    request -> request.functionName("kept").reservedConcurrentExecutions(7));
            lambda.deleteFunction(request -> request.functionName("gone"));
            before = lambda.getFunction(request -> request.functionName("kept"));
        }

        try (var emulator = start();
                var lambda = lambda(emulator.aws())) {
            assertThat(lambda.listFunctions().functions())
                    .extracting(FunctionConfiguration::functionName)
                    .containsExactly("kept");
            var after = lambda.getFunction(request -> request.functionName("kept"));
            assertThat(after.configuration()).isEqualTo(before.configuration());
            assertThat(after.tags()).isEqualTo(Map.of("team", "shop", "more", "1"));
            assertThat(after.concurrency()).isEqualTo(before.concurrency());
            assertThat(lambda.getAccountSettings().accountLimit().unreservedConcurrentExecutions())
                    .isEqualTo(993);
            try (var packages = Files.list(folder.resolve("functions"))) {
                assertThat(packages.map(path -> path.getFileName().toString()).filter(name -> !name.equals("journal")))
                        .as("those of no function are removed: that of the version and the latest are left")
                        .hasSize(2);
            }
            try (var code = URI.create(after.code().location()).toURL().openStream()) {
                assertThat(code.readAllBytes()).isEqualTo(second.asByteArray());
            }
            var version =
                    lambda.getFunction(request -> request.functionName("kept").qualifier("live"));
            assertThat(version.configuration().version()).isEqualTo("1");
            try (var code = URI.create(version.code().location()).toURL().openStream()) {
                assertThat(code.readAllBytes()).isEqualTo(first.asByteArray());
            }
            // Its unpacked code is still a package like any other.
            var third = zip("third");
            assertThat(lambda.updateFunctionCode(
                                    request -> request.functionName("kept").zipFile(third))
                            .codeSha256())
                    .isNotEqualTo(before.configuration().codeSha256());
        }
    }

    @Test
    void whatGovernsAFunctionOutlivesTheProcess() throws Exception {
        GetPolicyResponse policy;
        GetFunctionEventInvokeConfigResponse events;
        try (var emulator = start();
                var lambda = lambda(emulator.aws())) {
            var code = zip("code");
            lambda.createFunction(request -> request.functionName("ruled")
                    .runtime("python3.12")
                    .handler("app.handler")
                    .role("arn:aws:iam::000000000000:role/any")
                    .code(zip -> zip.zipFile(code))
                    .publish(true));
            lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName("ruled"));
            lambda.addPermission(request -> request.functionName("ruled")
                    .statementId("s3")
                    .action("lambda:InvokeFunction")
                    .principal("s3.amazonaws.com")
                    .sourceAccount("000000000000"));
            lambda.putFunctionEventInvokeConfig(request -> request.functionName("ruled")
                    .maximumRetryAttempts(1)
                    .destinationConfig(to -> to.onFailure(failure -> failure.destination("arn:aws:s3:::failed"))));
            lambda.putProvisionedConcurrencyConfig(
                    request -> request.functionName("ruled").qualifier("1").provisionedConcurrentExecutions(2));
            lambda.putFunctionRecursionConfig(
                    request -> request.functionName("ruled").recursiveLoop("Allow"));
            lambda.putRuntimeManagementConfig(
                    request -> request.functionName("ruled").updateRuntimeOn("FunctionUpdate"));
            policy = lambda.getPolicy(request -> request.functionName("ruled"));
            events = lambda.getFunctionEventInvokeConfig(request -> request.functionName("ruled"));
        }

        try (var emulator = start();
                var lambda = lambda(emulator.aws())) {
            assertThat(lambda.getPolicy(request -> request.functionName("ruled")))
                    .hasToString(policy.toString());
            assertThat(lambda.getFunctionEventInvokeConfig(request -> request.functionName("ruled")))
                    .hasToString(events.toString());
            assertThat(lambda.getProvisionedConcurrencyConfig(
                                    request -> request.functionName("ruled").qualifier("1"))
                            .requestedProvisionedConcurrentExecutions())
                    .isEqualTo(2);
            assertThat(lambda.getFunctionRecursionConfig(request -> request.functionName("ruled"))
                            .recursiveLoopAsString())
                    .isEqualTo("Allow");
            assertThat(lambda.getRuntimeManagementConfig(request -> request.functionName("ruled"))
                            .updateRuntimeOnAsString())
                    .isEqualTo("FunctionUpdate");
        }
    }

    @Test
    void aDirectoryIsForOneEmulatorAtATime() throws Exception {
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_STORAGE", "Persistent");
        try (var first = start();
                var second = EmulatorProcess.start(variables)) {
            assertThat(second.exit(60)).isEqualTo(1);
            assertThat(second.output().getLast()).contains(folder + " is in use by another emulator");

            first.terminate();
            assertThat(first.exit(10)).isEqualTo(143);
        }
        try (var third = start()) {
            assertThat(third.admin("live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anEphemeralEmulatorDoesNotTouchWhatIsKept() throws Exception {
        start().close();
        try (var emulator = EmulatorProcess.start(EmulatorProcess.variables(folder))) {
            assertThat(emulator.exit(60)).isEqualTo(1);
            assertThat(emulator.output().getLast()).contains("holds data that is to be kept");
        }
        assertThat(folder.resolve("s3/journal")).exists();
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws Exception {
        Files.writeString(folder.resolve("ruststack-data"), "format 2\n");
        var variables = EmulatorProcess.variables(folder);
        variables.put("RUSTSTACK_STORAGE", "Persistent");
        try (var emulator = EmulatorProcess.start(variables)) {
            assertThat(emulator.exit(60)).isEqualTo(1);
            assertThat(emulator.output().getLast()).contains("another version of RustStack (format 2)");
        }
    }
}
