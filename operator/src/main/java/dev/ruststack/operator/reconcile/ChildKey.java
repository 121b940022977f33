package dev.ruststack.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One object of a stack's namespace. */
record ChildKey(String kind, String name) {
    static ChildKey of(HasMetadata object) {
        return new ChildKey(object.getKind(), object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
