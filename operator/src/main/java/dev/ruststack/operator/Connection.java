package dev.ruststack.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.regex.Pattern;

/** Connections to the API server: short calls that fail soon, since the reconciler tries again by itself. */
public final class Connection {
    private static final int REQUEST_TIMEOUT_MILLISECONDS = 10_000;

    private Connection() {}

    /** As the process's environment says: in a pod its service account, elsewhere KUBECONFIG. */
    public static KubernetesClient open() {
        return open(Config.autoConfigure(null));
    }

    public static KubernetesClient open(Config config) {
        config.setRequestRetryBackoffLimit(1);
        config.setRequestTimeout(REQUEST_TIMEOUT_MILLISECONDS);
        return builder(config).build();
    }

    /**
     * To the same server, with answers that have metadata only: objects come without what is in them. To be told that a
     * ConfigMap of a megabyte is still the same takes a few hundred bytes so.
     */
    static KubernetesClient metadataOf(KubernetesClient client) {
        return builder(client.getConfiguration())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("metadata-only", new MetadataOnly()))
                .build();
    }

    /**
     * Who manages which field is passed over: nobody here asks, and it would be most of what informers keep. The list of
     * the metadata of nothing is null.
     */
    private static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
        mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        return new KubernetesSerialization(mapper, true);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    private static KubernetesClientBuilder builder(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization())
                .withHttpClientFactory(new JdkHttpClientFactory());
    }

    /** Asks for an object's or a list's metadata (Kubernetes API concepts, "Metadata-only fetches"). */
    private static final class MetadataOnly implements Interceptor {
        private static final String ONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
        private static final String LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
        private static final Pattern COLLECTION = Pattern.compile(".*/(configmaps|secrets)");

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            var query = request.uri().getRawQuery();
            var isWatch = query != null && List.of(query.split("&")).contains("watch=true");
            var isList = !isWatch && COLLECTION.matcher(request.uri().getPath()).matches();
            builder.setHeader("Accept", isList ? LIST : ONE);
        }
    }
}
