package dev.ruststack.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that a stack has in its namespace, without what differs from one making to the next. */
final class Everything {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VOLATILE =
            "(\"(?:uid|ruststack.dev/desired-hash|ruststack.dev/pod-hash|ruststack.dev/secrets-hash)\":)\"[^\"]*\"";

    private Everything() {}

    /** By kind and name, as JSON. */
    static SortedMap<String, String> of(KubernetesClient client, String namespace) {
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(client.services().inNamespace(namespace).list().getItems());
        all.addAll(client.secrets().inNamespace(namespace).list().getItems());
        all.addAll(client.apps().deployments().inNamespace(namespace).list().getItems());
        all.addAll(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems());
        all.addAll(client.configMaps()
                .inNamespace(namespace)
                .withLabel("ruststack.dev/stack")
                .list()
                .getItems());
        var everything = new TreeMap<String, String>();
        for (var object : all) {
            everything.put(
                    object.getKind() + " " + object.getMetadata().getName(),
                    text(object).replace(namespace, "NAMESPACE"));
        }
        return everything;
    }

    private static String text(HasMetadata object) {
        var tree = MAPPER.<ObjectNode>valueToTree(object);
        tree.remove("status");
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("resourceVersion", "managedFields", "generation", "creationTimestamp", "uid"));
        }
        if (tree.get("spec") instanceof ObjectNode spec) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        }
        if (object.getKind().equals("Secret") && tree.get("data") instanceof ObjectNode data) {
            for (var key : List.copyOf(data.properties())) {
                data.put(key.getKey(), "");
            }
        }
        return sorted(tree).toString().replaceAll(VOLATILE, "$1\"\"").replaceAll("10\\.96\\.\\d+\\.\\d+", "ADDRESS");
    }

    private static JsonNode sorted(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var result = MAPPER.createObjectNode();
        object.properties().stream()
                .sorted((one, other) -> one.getKey().compareTo(other.getKey()))
                .forEach(field -> result.set(field.getKey(), sorted(field.getValue())));
        return result;
    }
}
