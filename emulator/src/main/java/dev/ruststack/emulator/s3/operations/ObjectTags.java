package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.Tag;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags of objects: at most ten, with letters, numbers, spaces and a few signs. AWS: S3 User Guide, Object tagging. */
final class ObjectTags {
    static final String HEADER = "x-amz-tagging";

    private static final int MAX_TAGS = 10;
    private static final String SIGNS = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
    private static final Pattern KEY = Pattern.compile(SIGNS + "{1,128}");
    private static final Pattern VALUE = Pattern.compile(SIGNS + "{0,256}");

    private ObjectTags() {}

    /** Reads the header, which is encoded as a query; none where it is absent. */
    static List<Tag> ofHeader(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return List.of();
        }
        var tags = new ArrayList<Tag>();
        var keys = new HashSet<String>();
        for (var pair : header.split("&")) {
            var tag = tag(pair, header);
            boolean valid = keys.add(tag.key())
                    && KEY.matcher(tag.key()).matches()
                    && VALUE.matcher(tag.value()).matches();
            if (!valid) {
                throw malformed(header);
            }
            tags.add(tag);
        }
        return checked(tags);
    }

    private static Tag tag(String pair, String header) {
        int equals = pair.indexOf('=');
        try {
            return equals < 0
                    ? new Tag(decoded(pair), "")
                    : new Tag(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
            throw malformed(header);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static AwsException malformed(String header) {
        return S3Error.invalidArgument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag "
                        + "name duplicates.",
                HEADER,
                header);
    }

    /** The tags, where an object may have them; throws {@link S3Error#INVALID_TAG}. */
    static List<Tag> checked(List<Tag> tags) {
        if (tags.size() > MAX_TAGS) {
            throw S3Error.BAD_REQUEST.saying("Object tags cannot be greater than 10");
        }
        var keys = new HashSet<String>();
        for (var tag : tags) {
            check(tag);
            if (!keys.add(tag.key())) {
                throw invalid("Cannot provide multiple Tags with the same key", tag);
            }
        }
        return tags;
    }

    private static void check(Tag tag) {
        if (!KEY.matcher(tag.key()).matches()) {
            throw invalid("The TagKey you have provided is invalid", tag);
        }
        if (tag.key().startsWith("aws:")) {
            throw invalid("Your TagKey cannot be prefixed with aws:", tag);
        }
        if (!VALUE.matcher(tag.value()).matches()) {
            throw invalid("The TagValue you have provided is invalid", tag).with("TagValue", tag.value());
        }
    }

    private static AwsException invalid(String text, Tag tag) {
        return S3Error.INVALID_TAG.saying(text).with("TagKey", tag.key());
    }
}
