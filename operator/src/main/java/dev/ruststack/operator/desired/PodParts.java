package dev.ruststack.operator.desired;

import dev.ruststack.crds.cluster.PodSecurity;
import dev.ruststack.crds.cluster.Toleration;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What every pod of a stack has in common: the restricted Pod Security Standard and more, and the stack's template. */
final class PodParts {
    static final long USER = 10001;

    private PodParts() {}

    /** A pod without containers: no token, none of the namespace's Services in its environment, no root. */
    static PodSpecBuilder spec(Stack stack, Platform platform) {
        var template = stack.spec().podTemplate();
        return new PodSpecBuilder(new PodSpec())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(security(template.securityContext(), platform))
                .withImagePullSecrets(template.imagePullSecrets().stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList())
                .withNodeSelector(new TreeMap<>(template.nodeSelector()))
                .withTolerations(template.tolerations().stream()
                        .map(PodParts::toleration)
                        .toList())
                .withPriorityClassName(template.priorityClassName());
    }

    /** A container that can write to its volumes only. */
    static ContainerBuilder container(String name, String image, Platform platform) {
        return new ContainerBuilder(new Container())
                .withName(name)
                .withImage(image)
                .withImagePullPolicy(platform.images().pullPolicy())
                .withSecurityContext(restricted());
    }

    /** The stack's labels and annotations of pods, which cannot take the place of the operator's. */
    static void decorate(ObjectMeta metadata, Stack stack, Map<String, String> annotations) {
        var given = stack.spec().podTemplate().metadata();
        var labels = new TreeMap<>(given.labels());
        labels.putAll(metadata.getLabels());
        metadata.setLabels(labels);
        var all = new TreeMap<>(given.annotations());
        all.putAll(annotations);
        metadata.setAnnotations(all);
    }

    static EnvVar variable(String name, @Nullable String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    static EnvVar fromSecret(String name, String secret, String key) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, null)
                .endValueFrom()
                .build();
    }

    static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static PodSecurityContext security(@Nullable PodSecurity own, Platform platform) {
        var security = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        var given = own == null ? new PodSecurity(null, null, null) : own;
        security.withRunAsUser(id(given.runAsUser(), platform))
                .withRunAsGroup(id(given.runAsGroup(), platform))
                .withFsGroup(id(given.fsGroup(), platform));
        if (security.getFsGroup() != null) {
            security.withFsGroupChangePolicy("OnRootMismatch");
        }
        return security.build();
    }

    private static @Nullable Long id(@Nullable Integer own, Platform platform) {
        var otherwise = platform.features().openShift() ? null : Long.valueOf(USER);
        return own == null ? otherwise : wide(own);
    }

    /** Whether user and group are neither the stack's to say nor the cluster's. */
    static boolean choosesUser(Stack stack, Platform platform) {
        return stack.spec().podTemplate().securityContext() == null
                && !platform.features().openShift();
    }

    private static @Nullable Long wide(@Nullable Integer id) {
        return id == null ? null : Long.valueOf(id);
    }

    private static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration toleration) {
        var seconds = toleration.tolerationSeconds();
        return new TolerationBuilder()
                .withKey(toleration.key())
                .withOperator(toleration.operator())
                .withValue(toleration.value())
                .withEffect(toleration.effect())
                .withTolerationSeconds(wide(seconds))
                .build();
    }
}
