package dev.ruststack.e2e.harness;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;

/** An application's pod: all it knows of the stack comes by {@code envFrom} of the binding Secret. */
public record ClientPod(String namespace, String name) {
    /** Starts one for a stack, and waits until it runs. */
    public static ClientPod of(Stack stack) {
        return start(stack.namespace(), "client-of-" + stack.name(), stack.name() + "-binding");
    }

    /** Starts one with the variables of a Secret. */
    public static ClientPod start(String namespace, String name, String secret) {
        var manifest = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: %s}
            spec:
              automountServiceAccountToken: false
              terminationGracePeriodSeconds: 0
              securityContext:
                runAsNonRoot: true
                runAsUser: 10002
                seccompProfile: {type: RuntimeDefault}
              containers:
              - name: client
                image: %s
                imagePullPolicy: IfNotPresent
                command: [sleep, infinity]
                env:
                - {name: PYTHONPATH, value: /var/runtime}
                - {name: PYTHONDONTWRITEBYTECODE, value: "1"}
                envFrom:
                - secretRef: {name: %s}
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities: {drop: [ALL]}
            """.formatted(name, namespace, Settings.CLIENT_IMAGE, secret);
        Cluster.kubectlWith(manifest, "apply", "-f", "-").succeeded();
        await().atMost(Cluster.SOON).until(() -> {
            var pod = Cluster.client()
                    .pods()
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            return pod != null && Pods.isReady(pod);
        });
        return new ClientPod(namespace, name);
    }

    /** Runs a Python program with boto3, and gives what it printed. */
    public String python(String program, String... arguments) {
        return run(program, arguments).succeeded().strip();
    }

    /** Runs a Python program that may fail. */
    public Program run(String program, String... arguments) {
        var line =
                new ArrayList<>(List.of("exec", "-i", name, "-n", namespace, "--", "timeout", "200", "python3", "-"));
        line.addAll(List.of(arguments));
        return Cluster.kubectlWith(program, line.toArray(String[]::new));
    }
}
