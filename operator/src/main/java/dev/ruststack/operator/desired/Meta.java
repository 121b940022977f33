package dev.ruststack.operator.desired;

import dev.ruststack.crds.Api;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Metadata of a stack's children: whose they are, and what for. */
final class Meta {
    private Meta() {}

    static ObjectMeta of(Stack stack, String name, String component) {
        return new ObjectMetaBuilder(withoutOwner(stack, name, component))
                .withOwnerReferences(owner(stack))
                .build();
    }

    /** For what outlives the stack. */
    static ObjectMeta withoutOwner(Stack stack, String name, String component) {
        return new ObjectMetaBuilder()
                .withNamespace(stack.namespace())
                .withName(name)
                .withLabels(labels(stack, component))
                .build();
    }

    static Map<String, String> labels(Stack stack, String component) {
        var labels = new TreeMap<String, String>();
        labels.put("app.kubernetes.io/name", "ruststack");
        labels.put("app.kubernetes.io/instance", stack.name());
        labels.put(Names.MANAGED_BY_LABEL, Names.FIELD_MANAGER);
        labels.put(Names.COMPONENT_LABEL, component);
        labels.put(Names.STACK_LABEL, stack.name());
        return labels;
    }

    /** Labels that pods are selected by: a Deployment's can never change. */
    static Map<String, String> selector(Stack stack, String component) {
        return new TreeMap<>(Map.of(Names.STACK_LABEL, stack.name(), Names.COMPONENT_LABEL, component));
    }

    private static OwnerReference owner(Stack stack) {
        return new OwnerReferenceBuilder()
                .withApiVersion(Api.API_VERSION)
                .withKind(Api.KIND)
                .withName(stack.name())
                .withUid(stack.uid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
