package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Secrets from text. */
final class Secrets {
    private Secrets() {}

    static Secret of(Stack stack, String name, String component, Map<String, String> text) {
        var data = new TreeMap<String, String>();
        text.forEach((key, value) -> data.put(key, base64(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withMetadata(Meta.of(stack, name, component))
                .withType("Opaque")
                .withData(data)
                .build();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
