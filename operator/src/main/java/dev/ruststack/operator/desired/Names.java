package dev.ruststack.operator.desired;

import org.jspecify.annotations.Nullable;

/** Names of everything that belongs to a stack, and of the labels and annotations that say so. */
public final class Names {
    /** Server-side apply's field manager. */
    public static final String FIELD_MANAGER = "ruststack-operator";

    public static final String STACK_LABEL = "ruststack.dev/stack";
    public static final String COMPONENT_LABEL = "app.kubernetes.io/component";
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String SANDBOX_LABEL = "ruststack.dev/sandbox";

    /** A label where a function's name can be a label's value; else an annotation. */
    public static final String FUNCTION_LABEL = "ruststack.dev/function";

    public static final String HASH_ANNOTATION = "ruststack.dev/desired-hash";

    /** On the emulator's pod: tells whether it was started with the Secrets as they are. */
    public static final String SECRETS_HASH_ANNOTATION = "ruststack.dev/secrets-hash";

    /** On a Deployment: the hash of its pod template, to tell what would roll the pod from what would not. */
    public static final String POD_HASH_ANNOTATION = "ruststack.dev/pod-hash";

    public static final String EMULATOR = "emulator";
    public static final String RUNNER = "runner";

    public static final int AWS_PORT = 4566;
    public static final int FRONT_PORT = 8080;
    public static final int RUNTIME_PORT = 9001;
    public static final int ADMIN_PORT = 4567;

    private Names() {}

    /** The Deployment, the Service, the Ingress, the HTTPRoute and the emulator's NetworkPolicy. */
    public static String of(Stack stack) {
        return stack.name();
    }

    public static String runtimeService(Stack stack) {
        return stack.name() + "-runtime";
    }

    public static String runnersPolicy(Stack stack) {
        return stack.name() + "-runners";
    }

    /** The Secret that the AWS keys are taken from: the stack's own, or the generated one. */
    public static String credentialsSecret(Stack stack) {
        var given = stack.spec().credentials().secretRef();
        return given == null ? generatedCredentials(stack) : given.name();
    }

    /** The Secret that generated AWS keys are kept in. */
    public static String generatedCredentials(Stack stack) {
        return stack.name() + "-credentials";
    }

    public static String internalSecret(Stack stack) {
        return stack.name() + "-internal";
    }

    /** The Secret that applications take their settings from. */
    public static String bindingSecret(Stack stack) {
        @Nullable String given = stack.spec().binding().secretName();
        return given == null ? bindingConfigMap(stack) : given;
    }

    public static String bindingConfigMap(Stack stack) {
        return stack.name() + "-binding";
    }

    /** The Secret of the seed bundle's piece of that number, counted from 0. */
    public static String seedSecret(Stack stack, int piece) {
        return stack.name() + (piece == 0 ? "-seed" : "-seed-" + piece);
    }

    public static String volumeClaim(Stack stack) {
        return stack.name() + "-data";
    }

    public static String runnerPod(Stack stack, String sandboxId) {
        return stack.name() + "-fn-" + sandboxId;
    }

    /** The Service's name as pods of every namespace resolve it. */
    public static String host(Stack stack) {
        return stack.name() + "." + stack.namespace() + ".svc";
    }

    /** {@code host:port}, with an IPv6 address in brackets. */
    static String authority(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
