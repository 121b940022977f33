package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorDeploymentTest {
    private static final Platform PLATFORM = Examples.platform("minimal");
    private static final Stack STACK = Examples.stack("minimal");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            buckets: [{name: uploads}]
            seedPolicy: {mode: Exact}
            functions: [{name: web, runtime: python3.12, handler: a.b, code: {files: {a: b}}}]
            lifetime: {ttlSeconds: 60}
            lambda: {warmPool: [{runtime: python3.12}], images: [{runtime: python3.12, image: mine}]}
            exposure: {service: {type: NodePort}}
            """)
    void whatIsSeededOrAroundItDoesNotRollThePod(String spec) {
        assertThat(template(ValidateTest.stack(spec), bundle(10), null)).isEqualTo(template(STACK, bundle(10), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            emulator: {image: other}
            emulator: {logLevel: Debug}
            region: eu-west-1
            dynamodb: {mode: Disabled}
            lambda: {maxRunners: 3}
            podTemplate: {nodeSelector: {a: b}}
            """)
    void whatThePodIsMadeOfRollsIt(String spec) {
        assertThat(template(ValidateTest.stack(spec), bundle(10), null))
                .isNotEqualTo(template(STACK, bundle(10), null));
    }

    @Test
    void aSeedThatGrowsOverMorePiecesDoesNotRollThePod() {
        var live = deployment(STACK, bundle(10), null);
        var grown = bundle(3 * SeedBundle.PIECE);

        assertThat(sources(template(STACK, grown, null))).isEqualTo(3);
        assertThat(template(STACK, grown, live)).isEqualTo(live.getSpec().getTemplate());
    }

    @Test
    void aPodThatRollsAnywayMountsEveryPiece() {
        var live = deployment(STACK, bundle(10), null);
        var other = ValidateTest.stack("region: eu-west-1");

        assertThat(sources(template(other, bundle(3 * SeedBundle.PIECE), live))).isEqualTo(3);
    }

    @Test
    void anUnchangedStackHasAnUnchangedDeployment() {
        var live = deployment(STACK, bundle(3 * SeedBundle.PIECE), null);
        assertThat(deployment(STACK, bundle(3 * SeedBundle.PIECE), live)).isEqualTo(live);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requests: {memory: 1Gi}                        | 1Gi   | 1Gi
            limits: {memory: 128Mi}                        | 128Mi | 128Mi
            limits: {memory: 2Gi}                          | 256Mi | 2Gi
            requests: {memory: 300Mi}, limits: {cpu: '1'}  | 300Mi | 512Mi
            """)
    void aDefaultGivesWayToWhatTheStackSays(String resources, String request, String limit) {
        var container = template(ValidateTest.stack("emulator: {resources: {" + resources + "}}"), bundle(10), null)
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(container.getResources().getRequests()).containsEntry("memory", Quantity.parse(request));
        assertThat(container.getResources().getLimits()).containsEntry("memory", Quantity.parse(limit));
    }

    @Test
    void aStackCannotTakeTheOperatorsVariables() {
        var stack =
                ValidateTest.stack("emulator: {env: [{name: AWS_ACCESS_KEY_ID, value: x}, {name: TZ, value: UTC}]}");
        var variables = template(stack, bundle(10), null)
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv();
        assertThat(variables)
                .filteredOn(variable -> variable.getName().equals("AWS_ACCESS_KEY_ID"))
                .hasSize(1);
        assertThat(variables.getLast().getName()).isEqualTo("TZ");
    }

    private static SeedBundle bundle(int bytes) {
        return new SeedBundle("sha256:0", "0", bytes, Collections.nCopies(Math.ceilDiv(bytes, SeedBundle.PIECE), "0"));
    }

    private static Deployment deployment(Stack stack, SeedBundle seed, @Nullable Deployment live) {
        var facts = new Facts("10.96.0.7", "10.96.0.8", null, Examples.KEYS, Examples.TOKENS, seed, live);
        return Desired.children(stack, PLATFORM, facts).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static PodTemplateSpec template(Stack stack, SeedBundle seed, @Nullable Deployment live) {
        return deployment(stack, seed, live).getSpec().getTemplate();
    }

    private static int sources(PodTemplateSpec template) {
        return template.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("seed"))
                .mapToInt(volume -> volume.getProjected().getSources().size())
                .sum();
    }

    @Test
    void otherKeysOrTokensRollThePod() {
        var template = template(Examples.KEYS, Examples.TOKENS);

        assertThat(template(Examples.KEYS, Examples.TOKENS)).isEqualTo(template);
        assertThat(template(AwsKeys.generate(), Examples.TOKENS)).isNotEqualTo(template);
        assertThat(template(Examples.KEYS, InternalTokens.generate())).isNotEqualTo(template);
        assertThat(template.toString()).doesNotContain(Examples.KEYS.secretAccessKey());
    }

    private static PodTemplateSpec template(AwsKeys keys, InternalTokens tokens) {
        return new EmulatorPod(STACK, PLATFORM, new Facts(null, null, null, keys, tokens, null, null), 1).template();
    }

    @Test
    void generatedKeysHaveTheirShapeAndAreNeverPrinted() {
        var keys = AwsKeys.generate();
        assertThat(keys.accessKeyId()).matches("LSIA[A-Z2-7]{16}");
        assertThat(keys.secretAccessKey()).matches("[A-Za-z0-9]{40}");
        assertThat(keys).isNotEqualTo(AwsKeys.generate());
        assertThat(keys.toString()).doesNotContain(keys.secretAccessKey());

        var tokens = InternalTokens.generate();
        assertThat(tokens.adminToken()).matches("[0-9a-f]{64}").isNotEqualTo(tokens.runnerKey());
        assertThat(tokens.toString()).doesNotContain(tokens.adminToken());
        assertThat(Desired.internal(STACK, tokens).getData()).containsOnlyKeys("adminToken", "runnerKey");
        assertThat(Desired.credentials(STACK, keys).getData())
                .isEqualTo(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        Secrets.base64(keys.accessKeyId().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        "AWS_SECRET_ACCESS_KEY",
                        Secrets.base64(keys.secretAccessKey().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
}
