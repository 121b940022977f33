package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @Test
    void theRequiredVariablesAreEnough() {
        var platform =
                Platform.from(Map.of("RELATED_IMAGE_EMULATOR", "e", "RELATED_IMAGE_RUNNER", "r", "PATH", "/bin"));

        assertThat(platform.images().dynamodb()).startsWith("amazon/dynamodb-local:");
        assertThat(platform.images().pullPolicy()).isNull();
        assertThat(platform.clusterDomain()).isEqualTo("cluster.local");
        assertThat(platform.limits()).isEqualTo(new Platform.Limits(100, null));
        assertThat(platform.features()).isEqualTo(new Platform.Features(true, true, false, true, false));
        assertThat(platform.process().watchNamespaces()).isEmpty();
        assertThat(platform.process().namespace()).isNull();
        assertThat(platform.process().logLevel()).isEqualTo("Info");
    }

    @Test
    void everyVariableIsRead() {
        var platform = Platform.from(Map.ofEntries(
                Map.entry("RELATED_IMAGE_EMULATOR", "e"),
                Map.entry("RELATED_IMAGE_DYNAMODB", "d"),
                Map.entry("RELATED_IMAGE_RUNNER", "r"),
                Map.entry("RUSTSTACK_RUNTIME_IMAGES", "python3.12=mine:1, nodejs99.x=mine:2"),
                Map.entry("IMAGE_PULL_POLICY", "IfNotPresent"),
                Map.entry("WATCH_NAMESPACES", "a, b"),
                Map.entry("LEADER_ELECTION", "true"),
                Map.entry("POD_NAMESPACE", "system"),
                Map.entry("POD_NAME", "operator-1"),
                Map.entry("TTL_ENABLED", "false"),
                Map.entry("INGRESS_ENABLED", "false"),
                Map.entry("GATEWAY_API_ENABLED", "true"),
                Map.entry("NETWORK_POLICY_ENABLED", "false"),
                Map.entry("OPENSHIFT", "true"),
                Map.entry("MAX_RUNNERS", "5"),
                Map.entry("MAX_TTL_SECONDS", "3600"),
                Map.entry("CLUSTER_DOMAIN", "example.org"),
                Map.entry("LOG_LEVEL", "debug")));

        assertThat(platform.images().runtimes())
                .containsEntry("python3.12", "mine:1")
                .containsEntry("nodejs99.x", "mine:2")
                .containsEntry("python3.13", "public.ecr.aws/lambda/python:3.13");
        assertThat(platform.images().pullPolicy()).isEqualTo("IfNotPresent");
        assertThat(platform.features()).isEqualTo(new Platform.Features(false, false, true, false, true));
        assertThat(platform.limits()).isEqualTo(new Platform.Limits(5, 3600L));
        assertThat(platform.process().watchNamespaces()).containsExactly("a", "b");
        assertThat(platform.process().leaderElection()).isTrue();
        assertThat(platform.process().podName()).isEqualTo("operator-1");
        assertThat(platform.process().logLevel()).isEqualTo("Debug");
        assertThat(platform.clusterDomain()).isEqualTo("example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "RELATED_IMAGE_EMULATOR, ''",
        "RELATED_IMAGE_RUNNER, ' '",
        "TTL_ENABLED, yes",
        "MAX_RUNNERS, many",
        "MAX_RUNNERS, 101",
        "MAX_TTL_SECONDS, 59",
        "IMAGE_PULL_POLICY, Sometimes",
        "LOG_LEVEL, Loud",
        "RUSTSTACK_RUNTIME_IMAGES, python3.12",
    })
    void aWrongVariableIsNamed(String name, String value) {
        var environment = new TreeMap<>(Examples.ENVIRONMENT);
        environment.put(name, value);

        assertThatThrownBy(() -> Platform.from(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the environment variable " + name + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "python3.12, public.ecr.aws/lambda/python:3.12",
        "nodejs22.x, public.ecr.aws/lambda/nodejs:22",
        "java21, public.ecr.aws/lambda/java:21",
        "java8.al2, public.ecr.aws/lambda/java:8.al2",
        "ruby3.4, public.ecr.aws/lambda/ruby:3.4",
        "dotnet8, public.ecr.aws/lambda/dotnet:8",
        "provided.al2023, public.ecr.aws/lambda/provided:al2023",
    })
    void aRuntimeHasTheImageOfAws(String runtime, String image) {
        assertThat(Examples.platform("minimal").runtimeImage(Examples.stack("minimal"), runtime))
                .isEqualTo(image);
    }

    @Test
    void theStacksOwnImageOfARuntimeWins() {
        assertThat(Examples.platform("everything").runtimeImage(Examples.stack("everything"), "python3.12"))
                .isEqualTo("registry.example.com/python:3.12");
    }
}
