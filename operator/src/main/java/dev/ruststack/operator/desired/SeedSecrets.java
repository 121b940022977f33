package dev.ruststack.operator.desired;

import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The seed bundle as Secrets that the emulator's pod mounts: it starts seeded, with or without the operator. */
final class SeedSecrets {
    private SeedSecrets() {}

    static List<Secret> of(Stack stack, SeedBundle seed) {
        var pieces = seed.pieces();
        var secrets = new ArrayList<Secret>();
        for (int i = 0; i < pieces.size(); i++) {
            var data = new TreeMap<String, String>();
            data.put("bundle.%03d".formatted(i), Secrets.base64(pieces.get(i)));
            if (i == 0) {
                data.put("seed.json", Secrets.base64(index(seed, pieces.size())));
            }
            secrets.add(new SecretBuilder()
                    .withMetadata(Meta.of(stack, Names.seedSecret(stack, i), "seed"))
                    .withType("Opaque")
                    .withData(data)
                    .build());
        }
        return secrets;
    }

    private static byte[] index(SeedBundle seed, int pieces) {
        return "{\"revision\":\"%s\",\"pieces\":%d,\"sha256\":\"%s\"}"
                .formatted(seed.revision(), pieces, seed.sha256())
                .getBytes(StandardCharsets.UTF_8);
    }
}
