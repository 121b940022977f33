package dev.ruststack.operator.desired;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.operator.seed.SeedBundle;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The seed bundle as Secrets that the emulator's pod mounts: it starts seeded, with or without the operator. One at a
 * time, since all at once are as large as the bundle; so a piece is known by the hash of its bytes before it is read.
 */
public final class SeedSecrets {
    /** Value of the component label. */
    public static final String COMPONENT = "seed";

    private static final String INDEX = "seed.json";

    private SeedSecrets() {}

    /**
     * The Secret of one piece.
     *
     * @param piece counted from 0
     * @param bytes of this piece
     */
    public static Secret of(Stack stack, SeedBundle seed, int piece, byte[] bytes) {
        var data = new TreeMap<String, String>();
        data.put(key(piece), Secrets.base64(bytes));
        if (piece == 0) {
            data.put(INDEX, Secrets.base64(index(seed)));
        }
        var secret = new SecretBuilder()
                .withMetadata(Meta.of(stack, Names.seedSecret(stack, piece), COMPONENT))
                .withType("Opaque")
                .withData(data)
                .build();
        secret.getMetadata().setAnnotations(new TreeMap<>(Map.of(Names.HASH_ANNOTATION, hash(stack, seed, piece))));
        return secret;
    }

    /** The hash annotation of a piece's Secret. */
    public static String hash(Stack stack, SeedBundle seed, int piece) {
        var index = piece == 0 ? new String(index(seed), StandardCharsets.UTF_8) : "";
        return Hash.of(Map.of(
                "metadata",
                Meta.of(stack, Names.seedSecret(stack, piece), COMPONENT),
                "piece",
                seed.pieces().get(piece),
                "index",
                index));
    }

    /** Whether a Secret has the very bytes of a piece. */
    public static boolean holds(Secret secret, SeedBundle seed, int piece) {
        var data = Absent.as(secret.getData(), Map.<String, String>of());
        var bytes = data.get(key(piece));
        return bytes != null
                && SeedBundle.sha256(Base64.getDecoder().decode(bytes))
                        .equals(seed.pieces().get(piece))
                && (piece > 0 || Secrets.base64(index(seed)).equals(data.get(INDEX)));
    }

    private static String key(int piece) {
        return "bundle.%03d".formatted(piece);
    }

    private static byte[] index(SeedBundle seed) {
        return "{\"revision\":\"%s\",\"pieces\":%d,\"sha256\":\"%s\"}"
                .formatted(seed.revision(), seed.pieces().size(), seed.sha256())
                .getBytes(StandardCharsets.UTF_8);
    }
}
