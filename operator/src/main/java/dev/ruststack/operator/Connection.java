package dev.ruststack.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/** The connection to the API server: short calls that fail soon, since the reconciler tries again by itself. */
public final class Connection {
    private static final int REQUEST_TIMEOUT_MILLISECONDS = 5_000;

    private Connection() {}

    /** As the process's environment says: in a pod its service account, elsewhere KUBECONFIG. */
    public static KubernetesClient open() {
        return open(Config.autoConfigure(null));
    }

    public static KubernetesClient open(Config config) {
        config.setRequestRetryBackoffLimit(1);
        config.setRequestTimeout(REQUEST_TIMEOUT_MILLISECONDS);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }
}
