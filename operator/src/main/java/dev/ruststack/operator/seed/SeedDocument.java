package dev.ruststack.operator.seed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ruststack.crds.Api;
import dev.ruststack.crds.RustStackSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The JSON of a seed bundle: what of a resource is in it, and how it is written. */
final class SeedDocument {
    /** What of a spec the emulator seeds from; the rest is settings of its process. */
    private static final List<String> SEEDING = List.of(
            "region",
            "accountId",
            "seedPolicy",
            "lambda",
            "buckets",
            "tables",
            "layers",
            "functions",
            "restApis",
            "httpApis");

    /** Absent fields stay absent, but an item's attribute that is null is DynamoDB's NULL. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private SeedDocument() {}

    static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    static ObjectNode resource(String stackName, RustStackSpec spec) {
        var declared = MAPPER.<ObjectNode>valueToTree(spec);
        var resource = MAPPER.createObjectNode();
        resource.put("apiVersion", Api.API_VERSION);
        resource.put("kind", Api.KIND);
        resource.putObject("metadata").put("name", stackName);
        resource.set("spec", declared.retain(SEEDING));
        return resource;
    }
}
