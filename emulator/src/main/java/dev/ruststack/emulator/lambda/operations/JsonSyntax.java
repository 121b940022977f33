package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.LambdaError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Tells whether bytes are one JSON value; Lambda hands on only those, and does not look at what is in them. */
final class JsonSyntax {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonSyntax() {}

    /** Throws {@code InvalidRequestContentException} with where and why, after these words, where they are not. */
    static void require(byte[] json, String words) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            var wrong = wrong(parser);
            if (wrong != null) {
                throw LambdaError.INVALID_REQUEST_CONTENT.saying(words + wrong);
            }
        }
    }

    private static @Nullable String wrong(JsonParser parser) {
        try {
            if (parser.nextToken() == null) {
                return "No content to map due to end-of-input" + at(parser);
            }
            skipValue(parser);
            var next = parser.nextToken();
            return next == null ? null : "Trailing token (of type " + next + ") found after value" + at(parser);
        } catch (JacksonException e) {
            return e.getOriginalMessage() + at(parser);
        }
    }

    private static void skipValue(JsonParser parser) {
        int depth = 0;
        var token = parser.currentToken();
        while (token != null) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private static String at(JsonParser parser) {
        var location = parser.currentLocation();
        return "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: "
                + location.getLineNr() + ", column: " + location.getColumnNr() + "]";
    }
}
