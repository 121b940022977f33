package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an application takes its settings from, by {@code envFrom}: a Secret in the shape of the Service Binding
 * specification with the variables of AWS's SDKs beside it, and a ConfigMap with those that are no secret.
 *
 * <p>S3's endpoint is an address: SDKs would put the bucket before a name, and no cluster resolves that.
 */
final class Bindings {
    private Bindings() {}

    static Secret secret(Stack stack, Facts facts) {
        var values = values(stack, facts);
        values.put("username", facts.keys().accessKeyId());
        values.put("password", facts.keys().secretAccessKey());
        values.put(AwsKeys.ACCESS_KEY_ID, facts.keys().accessKeyId());
        values.put(AwsKeys.SECRET_ACCESS_KEY, facts.keys().secretAccessKey());
        var secret = Secrets.of(stack, Names.bindingSecret(stack), "binding", values);
        secret.setType("servicebinding.io/aws");
        return secret;
    }

    static ConfigMap configMap(Stack stack, Facts facts) {
        return new ConfigMapBuilder()
                .withMetadata(Meta.of(stack, Names.bindingConfigMap(stack), "binding"))
                .withData(values(stack, facts))
                .build();
    }

    private static Map<String, String> values(Stack stack, Facts facts) {
        var endpoint = Endpoints.aws(stack);
        var values = new TreeMap<String, String>();
        values.put("type", "aws");
        values.put("provider", "ruststack");
        values.put("host", Names.host(stack));
        values.put("port", String.valueOf(Names.AWS_PORT));
        values.put("uri", endpoint);
        values.put("AWS_ENDPOINT_URL", endpoint);
        values.put("AWS_ENDPOINT_URL_S3", Endpoints.s3(stack, facts));
        values.put("AWS_REGION", stack.spec().region());
        values.put("AWS_DEFAULT_REGION", stack.spec().region());
        values.put("RUSTSTACK_HTTP_URL", Endpoints.front(stack));
        return values;
    }
}
