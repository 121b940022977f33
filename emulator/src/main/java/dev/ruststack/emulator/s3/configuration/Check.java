package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What S3's schemas say of documents; whatever does not hold is {@link S3Error#MALFORMED_XML}. */
final class Check {
    static final Set<String> STATUS = Set.of("Enabled", "Disabled");

    private Check() {}

    static void that(boolean holds) {
        if (!holds) {
            throw S3Error.MALFORMED_XML.error();
        }
    }

    static <T> T present(@Nullable T value) {
        if (value == null) {
            throw S3Error.MALFORMED_XML.error();
        }
        return value;
    }

    static void oneOf(@Nullable String value, Set<String> allowed) {
        that(value != null && allowed.contains(value));
    }

    static void absentOrOneOf(@Nullable String value, Set<String> allowed) {
        that(value == null || allowed.contains(value));
    }

    /** Throws an InvalidRequest of this text unless it holds. */
    static void request(boolean holds, String text) {
        if (!holds) {
            throw S3Error.INVALID_REQUEST.saying(text);
        }
    }

    static void argument(boolean holds, String text, String name, @Nullable String value) {
        if (!holds) {
            throw invalid(text, name, value);
        }
    }

    private static AwsException invalid(String text, String name, @Nullable String value) {
        return S3Error.invalidArgument(text, name, value == null ? "null" : value);
    }

    /** A list of a document: empty where none stands there. */
    static <T> List<T> list(@Nullable List<T> items) {
        return items == null ? List.of() : List.copyOf(items);
    }
}
