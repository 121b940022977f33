package dev.ruststack.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every call to the API server that a reconcile makes, and no other. Failures are KubernetesClientExceptions. */
final class Cluster {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final int LOG_LINES = 20;

    private final KubernetesClient client;
    private final KubernetesClient metadata;

    /** @param metadata whose objects have metadata only */
    Cluster(KubernetesClient client, KubernetesClient metadata) {
        this.client = client;
        this.metadata = metadata;
    }

    @Nullable
    Secret secret(String namespace, String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    @Nullable
    ConfigMap configMap(String namespace, String name) {
        return client.configMaps().inNamespace(namespace).withName(name).get();
    }

    /** What a Secret is called and which version it has, without what is in it; null where there is none. */
    @Nullable
    ObjectMeta secretMetadata(String namespace, String name) {
        var found = metadata.secrets().inNamespace(namespace).withName(name).get();
        return found == null ? null : found.getMetadata();
    }

    /** As {@link #secretMetadata}. */
    @Nullable
    ObjectMeta configMapMetadata(String namespace, String name) {
        var found = metadata.configMaps().inNamespace(namespace).withName(name).get();
        return found == null ? null : found.getMetadata();
    }

    boolean hasPod(String namespace, String name) {
        return metadata.pods().inNamespace(namespace).withName(name).get() != null;
    }

    /** The object as it is; null where there is none. */
    <T extends HasMetadata> @Nullable T get(T object) {
        return client.resource(object).get();
    }

    /** Server-side apply: makes the object be so, and changes nothing where it is. */
    <T extends HasMetadata> T apply(T object) {
        return client.resource(object)
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    <T extends HasMetadata> T create(T object) {
        return client.resource(object).create();
    }

    /** Deletes this very object: one of the same name that was made since is left alone. */
    void delete(HasMetadata object) {
        var metadata = object.getMetadata();
        var uri = "/" + (object.getApiVersion().contains("/") ? "apis/" : "api/") + object.getApiVersion()
                + "/namespaces/" + metadata.getNamespace() + "/" + object.getPlural() + "/" + metadata.getName();
        var options = new DeleteOptions();
        options.setKind("DeleteOptions");
        options.setApiVersion("v1");
        options.setPropagationPolicy("Background");
        options.setPreconditions(new Preconditions(null, metadata.getUid()));
        try {
            client.raw(uri, "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    void patchStatus(RawStack resource, JsonNode status) {
        var metadata = resource.getMetadata();
        var patch = new RawStack();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                // Of this very stack: not of one that was made anew with its name.
                .withUid(metadata.getUid())
                .build());
        patch.setStatus(status);
        client.resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Names.FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }

    /** The last lines a container wrote; none where they cannot be had. */
    List<String> log(Pod pod, String container, boolean previous) {
        try {
            var pods = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(container);
            var text = previous
                    ? pods.terminated().tailingLines(LOG_LINES).getLog()
                    : pods.tailingLines(LOG_LINES).getLog();
            return text.lines().map(Cluster::shortened).toList();
        } catch (KubernetesClientException e) {
            log.debug("No log of {}: {}", pod.getMetadata().getName(), e.getMessage());
            return List.of();
        }
    }

    /** Whether a call failed because the namespace is being deleted: nothing can be made in it any more. */
    static boolean isNamespaceEnding(RuntimeException failure) {
        return failure instanceof KubernetesClientException e
                && e.getStatus() != null
                && e.getStatus().getDetails() != null
                && e.getStatus().getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static String shortened(String line) {
        return line.length() > 1000 ? line.substring(0, 1000) : line;
    }
}
