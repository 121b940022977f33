package dev.ruststack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import dev.ruststack.emulator.process.ProcessGuard;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedReport;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** What a stack declares of a bucket, seen by a client. */
class DeclaredBucketsTest {
    @TempDir
    Path data;

    @TempDir
    Path files;

    private ProcessGuard guard;
    private Emulator emulator;
    private S3Client s3;

    @BeforeEach
    void start() throws Exception {
        var variables = EmulatorProcess.variables(data);
        variables.put("RUSTSTACK_EXECUTOR", "Process");
        variables.put("RUSTSTACK_HOSTS", "localhost");
        variables.put("RUSTSTACK_STORAGE", "Persistent");
        guard = ProcessGuard.start();
        emulator = Emulator.start(((EnvironmentReader.Result.Valid) EnvironmentReader.read(variables)).config(), guard);
        s3 = S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIDEXAMPLE", "the-secret-access-key")))
                .build();
    }

    @AfterEach
    void stop() {
        s3.close();
        emulator.close();
        guard.close();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + emulator.ports().aws());
    }

    private SeedReport seed(String spec) throws Exception {
        var stack =
                "apiVersion: ruststack.dev/v1alpha1\nkind: RustStack\nmetadata: {name: shop}\nspec:\n" + spec.indent(2);
        return emulator.seed(spec(stack), new LocalSources(files), SeedProgress.SILENT);
    }

    private static RustStackSpec spec(String stack) throws IOException {
        var read = RustStackYaml.read(new ByteArrayInputStream(stack.getBytes(UTF_8)), "stack.yaml");
        if (read instanceof ReadResult.Invalid invalid) {
            throw new AssertionError(invalid.problems());
        }
        return ((ReadResult.Valid) read).documents().getFirst().spec();
    }

    private record LocalSources(Path folder) implements SeedSources {
        @Override
        public Path resolve(String path) {
            return folder.resolve(path);
        }

        @Override
        public Path deploymentPackage(String functionName, String codePath) {
            return folder.resolve(codePath);
        }
    }

    private static void assertReady(SeedReport report) {
        assertThat(report.items()).allSatisfy(item -> {
            assertThat(item.error()).isNull();
            assertThat(item.state()).isEqualTo(SeedItem.READY);
        });
    }

    private void seedReady(String spec) throws Exception {
        assertReady(seed(spec));
    }

    private static final String EVERYTHING = """
            buckets:
            - name: all
              versioning: {status: Enabled}
              objectLock: {rule: {defaultRetention: {mode: GOVERNANCE, days: 2}}}
              encryption: {rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: alias/shop}, bucketKeyEnabled: true, blockedEncryptionTypes: {encryptionTypes: [SSE-C]}}]}
              publicAccessBlock: {ignorePublicAcls: true}
              objectOwnership: BucketOwnerPreferred
              acl: public-read
              policy: |
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::all/*"}]}
              cors:
                corsRules:
                - {id: shop, allowedOrigins: ["https://*.example.com"], allowedMethods: [GET, PUT], allowedHeaders: ["*"], exposeHeaders: [ETag], maxAgeSeconds: 60}
              website:
                indexDocument: {suffix: index.html}
                errorDocument: {key: error.html}
                routingRules:
                - {condition: {keyPrefixEquals: old/}, redirect: {replaceKeyPrefixWith: new/, httpRedirectCode: "302"}}
              lifecycle:
                rules:
                - {filter: {prefix: tmp/}, expiration: {days: 1}}
                - id: old
                  filter: {and: {prefix: a/, tags: [{key: a, value: b}]}}
                  noncurrentVersionExpiration: {noncurrentDays: 3, newerNoncurrentVersions: 2}
                  transitions: [{date: "2030-01-31", storageClass: GLACIER}]
                - {abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}
              tags: [{key: team, value: shop}, {key: cost centre, value: "4711"}]
            """;

    @Test
    void everySettingIsGivenBack() throws Exception {
        seedReady(EVERYTHING);

        var lock = s3.getObjectLockConfiguration(request -> request.bucket("all"))
                .objectLockConfiguration()
                .rule()
                .defaultRetention();
        assertThat(lock.modeAsString() + " " + lock.days()).isEqualTo("GOVERNANCE 2");
        assertThat(s3.getBucketVersioning(request -> request.bucket("all")).status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        var encryption = s3.getBucketEncryption(request -> request.bucket("all"))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst();
        assertThat(encryption.applyServerSideEncryptionByDefault().kmsMasterKeyID())
                .isEqualTo("alias/shop");
        assertThat(encryption.bucketKeyEnabled()).isTrue();
        assertThat(encryption.blockedEncryptionTypes().encryptionTypeAsStrings())
                .containsExactly("SSE-C");
        var block = s3.getPublicAccessBlock(request -> request.bucket("all")).publicAccessBlockConfiguration();
        assertThat(List.of(
                        block.blockPublicAcls(),
                        block.ignorePublicAcls(),
                        block.blockPublicPolicy(),
                        block.restrictPublicBuckets()))
                .containsExactly(false, true, false, false);
        assertThat(s3.getBucketOwnershipControls(request -> request.bucket("all"))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnershipAsString())
                .isEqualTo("BucketOwnerPreferred");
        assertThat(s3.getBucketAcl(request -> request.bucket("all")).grants())
                .extracting(grant -> grant.permission())
                .containsExactly(Permission.FULL_CONTROL, Permission.READ);
        assertThat(s3.getBucketPolicy(request -> request.bucket("all")).policy())
                .contains("arn:aws:s3:::all/*");
        var cors =
                s3.getBucketCors(request -> request.bucket("all")).corsRules().getFirst();
        assertThat(cors.id()).isEqualTo("shop");
        assertThat(cors.allowedOrigins()).containsExactly("https://*.example.com");
        assertThat(cors.maxAgeSeconds()).isEqualTo(60);
        var website = s3.getBucketWebsite(request -> request.bucket("all"));
        assertThat(website.indexDocument().suffix()).isEqualTo("index.html");
        assertThat(website.routingRules().getFirst().redirect().replaceKeyPrefixWith())
                .isEqualTo("new/");
        var rules = s3.getBucketLifecycleConfiguration(request -> request.bucket("all"))
                .rules();
        assertThat(rules).extracting(rule -> rule.id()).containsExactly("rule-1", "old", "rule-3");
        assertThat(rules.get(1).transitions().getFirst().date()).isEqualTo(Instant.parse("2030-01-31T00:00:00Z"));
        assertThat(s3.getBucketTagging(request -> request.bucket("all")).tagSet())
                .containsExactly(tag("team", "shop"), tag("cost centre", "4711"));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void aSiteIsServedWithItsHeadersAndAnswersOtherOrigins() throws Exception {
        seedReady("""
                buckets:
                - name: site
                  publicAccessBlock: {blockPublicPolicy: false, restrictPublicBuckets: false}
                  policy: |
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}]}
                  cors: {corsRules: [{allowedOrigins: ["https://shop.example.com"], allowedMethods: [GET], maxAgeSeconds: 5}]}
                  website: {indexDocument: {suffix: index.html}}
                  objects:
                  - {key: a/index.html, contentType: text/html, cacheControl: max-age=60, contentLanguage: de, content: {text: <p>hi</p>}}
                  - {key: moved, websiteRedirectLocation: /a/, content: {text: ""}}
                """);

        assertThat(visit("/a/")).contains("200 OK", "<p>hi</p>").containsIgnoringCase("Cache-Control: max-age=60");
        assertThat(visit("/moved")).contains("301", "/a/");
        var preflight = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint().resolve("/site/a/index.html"))
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header("Origin", "https://shop.example.com")
                                .header("Access-Control-Request-Method", "GET")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).contains("5");
    }

    /** The JDK's client sets no Host of one's own. */
    private String visit(String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", emulator.ports().aws())) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: site.s3-website.localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void objectsHaveTheirHeadersTagsAndLifecycle() throws Exception {
        seedReady("""
                buckets:
                - name: objects
                  lifecycle: {rules: [{id: soon, filter: {prefix: tmp/}, expiration: {days: 3}}]}
                  objects:
                  - key: tmp/a
                    contentType: text/plain
                    contentDisposition: attachment
                    contentEncoding: identity
                    expires: "Sun, 31 Jan 2027 00:00:00 GMT"
                    storageClass: STANDARD_IA
                    metadata: {Title: "Grüße"}
                    tags: [{key: a+b, value: c = d}]
                    content: {text: hi}
                """);

        var head = s3.headObject(request -> request.bucket("objects").key("tmp/a"));
        assertThat(head.contentDisposition()).isEqualTo("attachment");
        assertThat(head.expiresString()).isEqualTo("Sun, 31 Jan 2027 00:00:00 GMT");
        assertThat(head.storageClassAsString()).isEqualTo("STANDARD_IA");
        assertThat(head.expiration()).contains("rule-id=\"soon\"");
        assertThat(s3.getObjectTagging(request -> request.bucket("objects").key("tmp/a"))
                        .tagSet())
                .containsExactly(tag("a+b", "c = d"));
    }

    private static final String VERSIONED = """
            seedPolicy: {mode: %s}
            buckets:
            - name: kept
              versioning: {}
              objectLock: {rule: {defaultRetention: {mode: GOVERNANCE, days: 1}}}
              objects:
              - {key: a, metadata: {title: "Grüße"}, tags: [{key: a, value: b}], content: {text: "%s"}}
              - {key: b/ü, cacheControl: no-store, content: {base64: AAEC}}
              objectsFrom:
              - {path: site.zip, keyPrefix: zip/, cacheControl: no-cache, metadata: {from: zip}, tags: [{key: z, value: z}]}
              - {path: site, keyPrefix: folder/}
            """;

    private void writeFiles() throws IOException {
        Files.createDirectories(files.resolve("site/css"));
        Files.writeString(files.resolve("site/css/a.css"), "a {}");
        try (var zip = new ZipOutputStream(Files.newOutputStream(files.resolve("site.zip")))) {
            zip.putNextEntry(new ZipEntry("index.html"));
            zip.write("<p>".getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("img/"));
            zip.putNextEntry(new ZipEntry("img/a.svg"));
            zip.write("<svg/>".repeat(20_000).getBytes(UTF_8));
        }
    }

    private List<String> versions() {
        return s3.listObjectVersions(request -> request.bucket("kept")).versions().stream()
                .map(version -> version.key() + " " + version.versionId())
                .toList();
    }

    @Test
    void whatIsThereAsDeclaredGetsNoNewVersion() throws Exception {
        writeFiles();
        seedReady(VERSIONED.formatted("Ensure", "one"));
        var before = versions();

        seedReady(VERSIONED.formatted("Ensure", "one"));
        seedReady(VERSIONED.formatted("Exact", "one"));

        assertThat(before).hasSize(5);
        assertThat(versions()).isEqualTo(before);
        var svg = s3.headObject(request -> request.bucket("kept").key("zip/img/a.svg"));
        assertThat(svg.contentType()).isEqualTo("image/svg+xml");
        assertThat(svg.cacheControl()).isEqualTo("no-cache");
        assertThat(svg.metadata()).containsEntry("from", "zip");
        assertThat(svg.tagCount()).isEqualTo(1);
        assertThat(svg.objectLockModeAsString()).isEqualTo("GOVERNANCE");
    }

    @Test
    void aRestartPutsNothingAgain() throws Exception {
        writeFiles();
        var spec = VERSIONED.formatted("Ensure", "one") + EVERYTHING.substring(EVERYTHING.indexOf("- name"));
        seedReady(spec);
        var before = versions();
        stop();
        var written = bytesWritten();

        start();
        seedReady(spec);

        assertThat(versions()).isEqualTo(before);
        stop();
        assertThat(bytesWritten()).isEqualTo(written);
        start();
    }

    private long bytesWritten() throws IOException {
        try (var all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void whatDiffersIsPutOverItOnce() throws Exception {
        writeFiles();
        seedReady(VERSIONED.formatted("Ensure", "one"));
        s3.putObject(
                request -> request.bucket("kept").key("b/ü").contentMD5("CY9rzUYh03PK3k6DJie09g=="),
                RequestBody.fromString("test"));
        s3.putObjectTagging(request ->
                request.bucket("kept").key("zip/index.html").tagging(tags -> tags.tagSet(tag("z", "other"))));

        seedReady(VERSIONED.formatted("Ensure", "two"));

        assertThat(versions()).hasSize(5 + 1 + 3);
        assertThat(s3.getObjectAsBytes(request -> request.bucket("kept").key("a"))
                        .asUtf8String())
                .isEqualTo("two");
        assertThat(s3.getObjectTagging(request -> request.bucket("kept").key("zip/index.html"))
                        .tagSet())
                .containsExactly(tag("z", "z"));

        seedReady(VERSIONED.formatted("Exact", "two"));
        assertThat(versions()).hasSize(5);
    }

    @Test
    void aSettingThatAClientChangesDriftsAndIsHealedByTheNextSeeding() throws Exception {
        var spec = """
                buckets:
                - name: shared
                  cors: {corsRules: [{allowedOrigins: ["*"], allowedMethods: [GET]}]}
                """;
        seedReady(spec);
        s3.putBucketTagging(request -> request.bucket("shared").tagging(tags -> tags.tagSet(tag("mine", "yes"))));
        s3.deleteBucketCors(request -> request.bucket("shared"));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var item = item();
            assertThat(item.state()).isEqualTo("Drifted");
            assertThat(item.reason()).isEqualTo("Changed");
            assertThat(item.message()).isEqualTo("cors was changed by a client");
        });

        seedReady(spec);

        assertThat(item().state()).isEqualTo("Ready");
        assertThat(s3.getBucketCors(request -> request.bucket("shared")).corsRules())
                .hasSize(1);
        assertThat(s3.getBucketTagging(request -> request.bucket("shared")).tagSet())
                .as("what is not declared is the users'")
                .containsExactly(tag("mine", "yes"));
    }

    private StackItem item() throws Exception {
        return emulator.state(0, Duration.ZERO).items().getFirst();
    }

    @Test
    void onceLeavesASettingThatUsersChanged() throws Exception {
        var spec = """
                seedPolicy: {mode: Once}
                buckets:
                - {name: once, versioning: {status: Enabled}}
                """;
        seedReady(spec);
        s3.putBucketVersioning(request ->
                request.bucket("once").versioningConfiguration(c -> c.status(BucketVersioningStatus.SUSPENDED)));

        var item = seed(spec).items().getFirst();

        assertThat(item.state()).isEqualTo("Drifted");
        assertThat(item.error()).isEqualTo("versioning was changed, and the item is made only once");
        assertThat(s3.getBucketVersioning(request -> request.bucket("once")).status())
                .isEqualTo(BucketVersioningStatus.SUSPENDED);
    }

    @Test
    void exactGivesABucketBackWhatANewOneHas() throws Exception {
        seedReady("""
                buckets:
                - name: locked
                  objectLock: {rule: {defaultRetention: {mode: GOVERNANCE, days: 1}}}
                  objects: [{key: locked, content: {text: hi}}]
                - name: plain
                  objectOwnership: ObjectWriter
                  acl: authenticated-read
                  publicAccessBlock: {}
                  tags: [{key: a, value: b}]
                  cors: {corsRules: [{allowedOrigins: ["*"], allowedMethods: [GET]}]}
                  lifecycle: {rules: [{expiration: {days: 1}}]}
                  website: {redirectAllRequestsTo: {hostName: example.com}}
                  encryption: {rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms"}}]}
                - name: versions
                  versioning: {}
                  policy: '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::versions", "arn:aws:s3:::versions/*"]}]}'
                """);

        s3.putBucketRequestPayment(
                request -> request.bucket("plain").requestPaymentConfiguration(c -> c.payer("Requester")));
        s3.putBucketLogging(request -> request.bucket("plain")
                .bucketLoggingStatus(status -> status.loggingEnabled(
                        logging -> logging.targetBucket("plain").targetPrefix("log/"))));

        seedReady("seedPolicy: {mode: Exact}\nbuckets: [{name: versions}, {name: plain}, {name: locked}]");

        assertThatThrownBy(() -> s3.getObjectLockConfiguration(request -> request.bucket("locked")))
                .hasMessageContaining("Object Lock configuration does not exist");
        assertThat(s3.listObjectVersions(request -> request.bucket("locked")).versions())
                .isEmpty();
        assertThatThrownBy(() -> s3.getBucketCors(request -> request.bucket("plain")))
                .hasMessageContaining("CORS configuration does not exist");
        assertThatThrownBy(() -> s3.getBucketTagging(request -> request.bucket("plain")))
                .hasMessageContaining("TagSet does not exist");
        assertThatThrownBy(() -> s3.getBucketWebsite(request -> request.bucket("plain")))
                .hasMessageContaining("website configuration");
        assertThatThrownBy(() -> s3.getBucketLifecycleConfiguration(request -> request.bucket("plain")))
                .hasMessageContaining("lifecycle configuration does not exist");
        assertThat(s3.getBucketOwnershipControls(request -> request.bucket("plain"))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnershipAsString())
                .isEqualTo("BucketOwnerEnforced");
        assertThat(s3.getBucketEncryption(request -> request.bucket("plain"))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .getFirst()
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithmAsString())
                .isEqualTo("AES256");
        assertThat(s3.getBucketAcl(request -> request.bucket("plain")).grants()).hasSize(1);
        assertThat(s3.getBucketRequestPayment(request -> request.bucket("plain"))
                        .payerAsString())
                .isEqualTo("BucketOwner");
        assertThat(s3.getBucketLogging(request -> request.bucket("plain")).loggingEnabled())
                .isNull();
        assertThat(s3.getPublicAccessBlock(request -> request.bucket("plain"))
                        .publicAccessBlockConfiguration()
                        .blockPublicAcls())
                .isTrue();
        assertThat(s3.getBucketVersioning(request -> request.bucket("versions")).status())
                .isEqualTo(BucketVersioningStatus.SUSPENDED);
        assertThatThrownBy(() -> s3.getBucketPolicy(request -> request.bucket("versions")))
                .hasMessageContaining("policy does not exist");
    }

    @Test
    void aPolicyThatDeniesEverythingDoesNotStopTheSeeding() throws Exception {
        var spec = """
                buckets:
                - name: closed
                  policy: '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::closed", "arn:aws:s3:::closed/*"]}]}'
                  objects: [{key: a, content: {text: "%s"}}]
                """;
        seedReady(spec.formatted("one"));
        seedReady(spec.formatted("two"));

        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket("closed").key("a")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void whatS3RefusesNamesTheFieldTheOperationAndTheError() throws Exception {
        var report = seed("""
                buckets:
                - name: open
                  policy: '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/*"}]}'
                - name: wrong
                  policy: '{"Statement": 1}'
                - name: acls
                  objectOwnership: ObjectWriter
                  acl: public-read
                - name: fine
                """);

        assertThat(report.items())
                .extracting(SeedItem::reason)
                .containsExactly("SeedFailed", "SeedFailed", "SeedFailed", null);
        assertThat(report.items().get(0).error())
                .startsWith("policy: PutBucketPolicy: AccessDenied: ")
                .endsWith(
                        "needs publicAccessBlock with blockPublicPolicy: false, and restrictPublicBuckets: false to count");
        assertThat(report.items().get(1).error()).startsWith("policy: PutBucketPolicy: MalformedPolicy: ");
        assertThat(report.items().get(2).error()).startsWith("acl: PutBucketAcl: AccessDenied: ");
    }

    private static final String HEARING = """
            buckets:
            - name: images
              notification:
                lambdaFunctionConfigurations:
                - {function: hears, events: ["s3:ObjectCreated:*"], filter: {key: {filterRules: [{name: prefix, value: new/}]}}}
              objects: [{key: new/declared, content: {text: hi}}]
            functions:
            - name: hears
              runtime: python3.11
              handler: app.handler
              environment: {variables: {HEARD: %s}}
              code:
                files:
                  app.py: |
                    import os
                    def handler(event, context):
                        for record in event.get("Records", []):
                            with open(os.environ["HEARD"], "a") as file:
                                file.write(record["s3"]["object"]["key"] + "\\n")
            """;

    @Test
    void aDeclaredFunctionHearsOfWhatIsPutAfterTheSeeding() throws Exception {
        var heard = files.resolve("heard");
        seedReady(HEARING.formatted(heard));
        seedReady(HEARING.formatted(heard));

        s3.putObject(request -> request.bucket("images").key("old/a"), RequestBody.fromString("a"));
        s3.putObject(request -> request.bucket("images").key("new/a"), RequestBody.fromString("a"));

        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(heard) && Files.size(heard) > 0);
        assertThat(Files.readAllLines(heard)).containsExactly("new/a");
        var configuration = s3.getBucketNotificationConfiguration(request -> request.bucket("images"))
                .lambdaFunctionConfigurations()
                .getFirst();
        assertThat(configuration.id()).isEqualTo("hears-1");
        assertThat(configuration.lambdaFunctionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:hears");
    }

    @Test
    void aBucketFailsWithTheFunctionThatIsToHearOfIt() throws Exception {
        var report = seed("""
                buckets:
                - name: images
                  notification: {lambdaFunctionConfigurations: [{function: hears, events: ["s3:ObjectCreated:*"]}]}
                  objects: [{key: a, content: {text: hi}}]
                functions:
                - {name: hears, runtime: python3.11, handler: app.handler, code: {s3: {bucket: images, key: none.zip}}}
                """);

        assertThat(report.items()).extracting(SeedItem::kind).containsExactly("Bucket", "Function");
        assertThat(report.items().getFirst().error()).isEqualTo("notification: there is no function hears");
        assertThat(report.items().getFirst().reason()).isEqualTo("SeedFailed");
        assertThat(s3.getObjectAsBytes(request -> request.bucket("images").key("a"))
                        .asUtf8String())
                .isEqualTo("hi");
    }
}
