package dev.ruststack.cli.cluster;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files as ConfigMaps, cut where one would hold too much. Each is named after its content: the same file twice is there
 * once, and a changed file has another name, which changes the stack that refers to it.
 *
 * <p>Limits: a ConfigMap holds 1 MiB; {@code kubectl apply} without {@code --server-side} repeats all of it in an
 * annotation of at most 256 KiB. Pieces are small enough for both while there are not too many of them.
 */
final class Pieces {
    /** Tells the ConfigMaps of a packaged stack, for removing those that are needed no more. */
    static final String LABEL = "ruststack.dev/packaged-for";

    /** Bytes that leave room for base64 and metadata below the limit of an annotation. */
    static final int SMALL = 180_000;

    static final int LARGE = 1_000_000;

    /** How many pieces the resource can name. */
    static final int MOST = 64;

    /** Bytes of a file at most. */
    static final int LARGEST = MOST * LARGE;

    private static final String KEY = "piece";

    private final String stack;
    private final @Nullable String namespace;
    private final Map<String, byte[]> byName = new LinkedHashMap<>();

    Pieces(String stack, @Nullable String namespace) {
        this.stack = stack;
        this.namespace = namespace;
    }

    /**
     * Takes a file in; returns the names of its pieces, in order.
     *
     * @throws IllegalArgumentException where it is larger than {@link #LARGEST}
     */
    List<String> add(byte[] content) {
        int size = content.length <= MOST * SMALL ? SMALL : LARGE;
        if (content.length > LARGEST) {
            throw new IllegalArgumentException("has " + content.length + " bytes");
        }
        var names = new ArrayList<String>();
        for (int from = 0; from == 0 || from < content.length; from += size) {
            var piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + size));
            var name = stack + "-" + sha256(piece).substring(0, 12);
            byName.putIfAbsent(name, piece);
            names.add(name);
        }
        return List.copyOf(names);
    }

    /** The {@code parts} of the resource for the pieces of a file. */
    static List<Object> parts(List<String> names) {
        return names.stream()
                .<Object>map(name -> Map.of("configMapKeyRef", ordered("name", name, "key", KEY)))
                .toList();
    }

    /** By name. */
    Map<String, byte[]> contents() {
        return Collections.unmodifiableMap(byName);
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    int count() {
        return byName.size();
    }

    long bytes() {
        return byName.values().stream().mapToLong(piece -> piece.length).sum();
    }

    /** Whether only {@code kubectl apply --server-side} takes them. */
    boolean large() {
        return byName.values().stream().anyMatch(piece -> piece.length > SMALL);
    }

    /** The ConfigMaps as documents. */
    List<Map<String, Object>> configMaps() {
        var documents = new ArrayList<Map<String, Object>>();
        byName.forEach((name, piece) -> documents.add(configMap(name, piece)));
        return List.copyOf(documents);
    }

    private Map<String, Object> configMap(String name, byte[] piece) {
        var metadata = ordered("name", name);
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        metadata.put("labels", ordered(LABEL, stack, "ruststack.dev/reload", "true"));
        var document = ordered("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "immutable", true);
        document.put("binaryData", Map.of(KEY, Base64.getEncoder().encodeToString(piece)));
        return document;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
