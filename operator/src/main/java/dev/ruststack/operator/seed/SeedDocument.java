package dev.ruststack.operator.seed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ruststack.crds.Api;
import dev.ruststack.crds.RustStackSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The JSON document of a seed bundle. */
final class SeedDocument {
    /** What of a spec the emulator seeds from; the rest is settings of its process. */
    private static final List<String> SEEDING =
            List.of("region", "accountId", "seedPolicy", "lambda", "buckets", "tables", "functions", "restApis");

    /** Absent fields stay absent, but an item's attribute that is null is DynamoDB's NULL. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final ObjectNode document = MAPPER.createObjectNode();
    private final String revision;

    SeedDocument(
            String stackName, RustStackSpec spec, SortedMap<Reference.Target, SortedMap<String, byte[]>> references) {
        var content = MAPPER.createObjectNode();
        content.set("stack", resource(stackName, spec));
        var list = content.putArray("references");
        references.forEach((target, data) -> list.add(
                MAPPER.valueToTree(Map.of("kind", target.kind().text(), "name", target.name(), "data", data))));
        revision = "sha256:" + sha256(write(content));
        document.put("revision", revision);
        document.setAll(content);
    }

    String revision() {
        return revision;
    }

    byte[] bytes() {
        return write(document);
    }

    private static ObjectNode resource(String stackName, RustStackSpec spec) {
        var declared = MAPPER.<ObjectNode>valueToTree(spec);
        var resource = MAPPER.createObjectNode();
        resource.put("apiVersion", Api.API_VERSION);
        resource.put("kind", Api.KIND);
        resource.putObject("metadata").put("name", stackName);
        resource.set("spec", declared.retain(SEEDING));
        return resource;
    }

    private static byte[] write(ObjectNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
