package dev.ruststack.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.crds.Api;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.status.RustStackStatus;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import dev.ruststack.operator.desired.Problem;
import dev.ruststack.operator.desired.Stack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads resources with the same reader, and the same messages, as the command line. */
public final class StackReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StackReader() {}

    /** What reading gave. */
    public sealed interface Reading {}

    /** @param warnings what works, but not as one might think */
    public record Sound(Stack stack, List<String> warnings) implements Reading {}

    /** Nothing that a retry mends. */
    public record Unreadable(List<Problem> problems) implements Reading {}

    public static Reading read(RawStack resource) {
        var metadata = resource.getMetadata();
        var document = MAPPER.createObjectNode();
        document.put("apiVersion", Api.API_VERSION).put("kind", Api.KIND);
        document.putObject("metadata").put("name", metadata.getName()).put("namespace", metadata.getNamespace());
        if (resource.getSpec() != null) {
            document.set("spec", resource.getSpec());
        }
        return switch (read(document)) {
            case ReadResult.Invalid(var problems, var warnings) ->
                new Unreadable(problems.stream()
                        .map(problem -> new Problem(problem.fieldPath(), problem.message()))
                        .toList());
            case ReadResult.Valid(var documents, var warnings) ->
                new Sound(
                        new Stack(
                                metadata.getNamespace(),
                                metadata.getName(),
                                metadata.getUid(),
                                Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                                Absent.as(metadata.getAnnotations(), Map.of()),
                                Instant.parse(metadata.getCreationTimestamp()),
                                documents.getFirst().spec()),
                        warnings.stream()
                                .map(warning -> warning.fieldPath() + ": " + warning.message())
                                .toList());
        };
    }

    private static ReadResult read(JsonNode document) {
        try {
            return RustStackYaml.read(new ByteArrayInputStream(MAPPER.writeValueAsBytes(document)), "resource");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status that the resource has; null where it has none, or one that is none. */
    public static @Nullable RustStackStatus status(RawStack resource) {
        try {
            return resource.getStatus() == null
                    ? null
                    : MAPPER.treeToValue(resource.getStatus(), RustStackStatus.class);
        } catch (IOException | IllegalArgumentException wasNotOurs) {
            return null;
        }
    }

    /** A status as JSON, for a patch. */
    public static JsonNode json(RustStackStatus status) {
        return MAPPER.valueToTree(status);
    }
}
