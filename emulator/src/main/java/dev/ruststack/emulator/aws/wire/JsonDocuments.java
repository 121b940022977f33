package dev.ruststack.emulator.aws.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes records as AWS's REST-JSON documents: member names with a capital first letter, nothing for null,
 * members that an annotation binds outside the document left out.
 */
public final class JsonDocuments {
    /** Base64 of the largest Lambda deployment package, with room for the rest of the request. */
    private static final int MAX_STRING = 80_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_STRING)
                            .maxNestingDepth(200)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .annotationIntrospector(new DocumentMembers())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private JsonDocuments() {}

    /** Names a member of a document that the shape does not have. */
    public static final class UnknownMemberException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        private final String member;

        UnknownMemberException(String member) {
            super(member);
            this.member = member;
        }

        public String member() {
            return member;
        }
    }

    /** Reads a document; unknown members and wrong types are told apart, for AWS has different errors for them. */
    public static <T extends Record> T read(InputStream in, Class<T> type)
            throws MalformedDocumentException, UnknownMemberException {
        try {
            return MAPPER.readValue(in, type);
        } catch (UnrecognizedPropertyException e) {
            throw new UnknownMemberException(e.getPropertyName());
        } catch (JacksonException e) {
            throw new MalformedDocumentException(e.getOriginalMessage(), e);
        }
    }

    public static byte[] write(Record document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /** Leaves out what travels in path, query or headers. */
    private static final class DocumentMembers extends JacksonAnnotationIntrospector {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        @Override
        public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
            return super.hasIgnoreMarker(config, member) || elsewhere(member);
        }

        private static boolean elsewhere(AnnotatedMember member) {
            var owner = member.getDeclaringClass();
            return owner.isRecord()
                    && Shape.of(owner).members().stream()
                            .anyMatch(each -> each.component().getName().equals(member.getName())
                                    && !Shape.of(owner).document().contains(each));
        }
    }
}
