package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.RustStackSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValidateTest {
    static List<String> names() {
        return Examples.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theExamplesHaveNoProblem(String name) {
        assertThat(Validate.problems(Examples.stack(name), Examples.platform(name)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lambda: {executor: Docker}                            | spec.lambda.executor
            lambda: {maxRunners: 50}                              | spec.lambda.maxRunners
            lambda: {warmPool: [{runtime: python3.12, size: 15}]} | spec.lambda.maxRunners
            lambda: {warmPool: [{runtime: perl5}]}                | spec.lambda.warmPool[0].runtime
            functions: [{name: f, runtime: perl5, handler: h, code: {files: {a: b}}}] | spec.functions[0].runtime
            lifetime: {ttlSeconds: 7200}                          | spec.lifetime.ttlSeconds
            exposure: {ingress: {host: a.example.com}}            | spec.exposure.ingress
            exposure: {httpRoute: {parentRefs: [{name: g}]}}      | spec.exposure.httpRoute
            binding: {secretName: shop-internal}                  | spec.binding.secretName
            binding: {secretName: shop-seed-3}                    | spec.binding.secretName
            binding: {secretName: shop-credentials}               | spec.binding.secretName
            emulator: {env: [{name: RUSTSTACK_REGION, value: x}]} | spec.emulator.env[0].name
            """)
    void whatThePlatformDoesNotAllowIsNamed(String spec, String fieldPath) {
        var problems = Validate.problems(stack(spec), small());

        assertThat(problems).extracting(Problem::fieldPath).containsExactly(fieldPath);
        assertThat(problems.getFirst().message()).isNotBlank();
    }

    @Test
    void theDefaultOfMaxRunnersIsNoProblemOnASmallerPlatform() {
        assertThat(Validate.problems(stack("{}"), small())).isEmpty();
        assertThat(small().maxRunners(stack("{}"))).isEqualTo(5);
    }

    @Test
    void aPlatformWithALongestLifetimeWantsOne() {
        var platform = platform(Map.of("MAX_TTL_SECONDS", "3600"));

        assertThat(Validate.problems(stack("{}"), platform))
                .extracting(Problem::fieldPath)
                .containsExactly("spec.lifetime.ttlSeconds");
        assertThat(Validate.problems(stack("lifetime: {ttlSeconds: 3600}"), platform))
                .isEmpty();
    }

    /** Five runners, nothing exposed, nothing deleted. */
    private static Platform small() {
        return platform(Map.of(
                "MAX_RUNNERS", "5",
                "TTL_ENABLED", "false",
                "INGRESS_ENABLED", "false",
                "GATEWAY_API_ENABLED", "false"));
    }

    private static Platform platform(Map<String, String> variables) {
        var environment = new TreeMap<>(Examples.ENVIRONMENT);
        environment.putAll(variables);
        return Platform.from(environment);
    }

    static Stack stack(String spec) {
        var minimal = Examples.stack("minimal");
        return new Stack(
                minimal.namespace(),
                minimal.name(),
                minimal.uid(),
                1,
                Map.of(),
                minimal.creationTimestamp(),
                Serialization.unmarshal(spec, RustStackSpec.class));
    }
}
