package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/** Tells whether an object was made from the same wishes, by the annotation {@link Names#HASH_ANNOTATION}. */
public final class Hash {
    private Hash() {}

    /** SHA-256 of the object as canonical JSON without empty values, in lower-case hexadecimal. */
    public static String of(Object object) {
        return HexFormat.of()
                .formatHex(sha256().digest(
                                Json.canonical(Json.tree(object)).toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes the object's hash into its annotations; the object must not have one yet. */
    static <T extends HasMetadata> T annotate(T object) {
        var hash = of(object);
        var annotations = new LinkedHashMap<String, String>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.put(Names.HASH_ANNOTATION, hash);
        object.getMetadata().setAnnotations(annotations);
        return object;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
