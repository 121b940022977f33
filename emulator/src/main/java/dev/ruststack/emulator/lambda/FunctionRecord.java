package dev.ruststack.emulator.lambda;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * One change of the functions, as it stands in the journal. What is added later gets fields of its own; a program that
 * does not know one refuses the journal instead of leaving something out.
 *
 * @param function what the function has become, its package by paths relative to that of all packages; null where it has
 *     gone
 */
record FunctionRecord(String arn, @Nullable StoredFunction function) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()))
            .build();

    static FunctionRecord put(StoredFunction function, Path packages) {
        return new FunctionRecord(function.configuration().arn(), moved(function, path -> packages.relativize(path)));
    }

    static FunctionRecord removed(String arn) {
        return new FunctionRecord(arn, null);
    }

    /** The function with its package where it lies now; null where it has gone. */
    @Nullable
    StoredFunction restored(Path packages) {
        return function == null ? null : moved(function, packages::resolve);
    }

    private static StoredFunction moved(StoredFunction function, UnaryOperator<Path> move) {
        return function.with(moved(function.configuration(), move))
                .withVersions(function.versions().stream()
                        .map(version -> moved(version, move))
                        .toList());
    }

    private static FunctionConfiguration moved(FunctionConfiguration configuration, UnaryOperator<Path> move) {
        return configuration.toBuilder()
                .code(configuration.code().moved(move))
                .layers(configuration.layers().moved(move))
                .build();
    }

    byte[] json() {
        return JSON.writeValueAsBytes(this);
    }

    static FunctionRecord parse(byte[] json) throws IOException {
        try {
            return JSON.readValue(json, FunctionRecord.class);
        } catch (JacksonException e) {
            throw new IOException("a record of Lambda that this version of RustStack does not know", e);
        }
    }

    private static final class PathWriter extends ValueSerializer<Path> {
        @Override
        public void serialize(Path path, JsonGenerator out, SerializationContext context) {
            out.writeString(path.toString());
        }
    }

    private static final class PathReader extends ValueDeserializer<Path> {
        @Override
        public Path deserialize(JsonParser in, DeserializationContext context) {
            return Path.of(in.getString());
        }
    }
}
