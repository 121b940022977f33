package dev.ruststack.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every object of every stack. */
class EveryObjectTest {
    static List<String> names() {
        return Examples.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyObjectSaysWhoseItIs(String name) {
        for (var object : Examples.objects(name)) {
            assertThat(object.getMetadata().getLabels())
                    .as(object.getKind())
                    .containsEntry("app.kubernetes.io/name", "ruststack")
                    .containsEntry("app.kubernetes.io/instance", "shop")
                    .containsEntry("app.kubernetes.io/managed-by", "ruststack-operator")
                    .containsEntry("ruststack.dev/stack", "shop")
                    .containsKey("app.kubernetes.io/component");
            assertThat(object.getMetadata().getNamespace()).isEqualTo("team-a");
            assertThat(object.getMetadata().getAnnotations()).containsKey(Names.HASH_ANNOTATION);
            if (isRetained(object, name)) {
                assertThat(object.getMetadata().getOwnerReferences()).isEmpty();
            } else {
                var owner = object.getMetadata().getOwnerReferences().getFirst();
                assertThat(owner.getUid()).isEqualTo("6f1c2e9a-7a55-4f0e-9c59-0d6f3f0f9a11");
                assertThat(owner.getController()).isTrue();
                assertThat(owner.getBlockOwnerDeletion()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void noTwoObjectsAreTheSame(String name) {
        var seen = new HashSet<String>();
        for (var object : Examples.objects(name)) {
            assertThat(seen.add(object.getKind() + "/" + object.getMetadata().getName()))
                    .as(object.getKind() + "/" + object.getMetadata().getName())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void noPodHasATokenOrRoot(String name) {
        pods(name).forEach(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getServiceAccountName()).isNull();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getVolumes()).allMatch(EveryObjectTest::isAllowed);
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyContainerIsRestricted(String name) {
        pods(name).flatMap(EveryObjectTest::containers).forEach(container -> {
            var security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
            assertThat(security.getPrivileged()).isNull();
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getVolumeMounts())
                    .as("a read-only root needs a place to write")
                    .anyMatch(mount -> !Boolean.TRUE.equals(mount.getReadOnly()));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void noSecretIsOutsideOfSecrets(String name) {
        Examples.objects(name).stream()
                .filter(object -> !(object instanceof Secret))
                .forEach(object -> assertThat(Json.tree(object).toString())
                        .as(object.getKind())
                        .doesNotContain(Examples.KEYS.secretAccessKey(), Examples.KEYS.accessKeyId(), "content of"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyObjectMatchesItselfAsAServerWouldHaveIt(String name) {
        for (var object : Examples.objects(name)) {
            JsonNode served = Json.canonical(Json.tree(object));
            assertThat(Matches.subset(Json.canonical(Json.tree(object)), served))
                    .isTrue();
            assertThat(Hash.of(object)).isEqualTo(Hash.of(served));
        }
    }

    private static boolean isRetained(HasMetadata object, String name) {
        return object instanceof PersistentVolumeClaim && name.equals("persistent");
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                                volume.getEmptyDir(),
                                volume.getProjected(),
                                volume.getSecret(),
                                volume.getPersistentVolumeClaim())
                        .filter(Objects::nonNull)
                        .count()
                == 1;
    }

    private static Stream<PodSpec> pods(String name) {
        return Examples.objects(name).stream()
                .filter(object -> object instanceof Pod || object instanceof Deployment)
                .map(object -> object instanceof Pod pod
                        ? pod.getSpec()
                        : ((Deployment) object).getSpec().getTemplate().getSpec());
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }
}
