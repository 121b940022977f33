package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.s3.S3Error;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A browser's form with one file. Its fields are read at once, the file as a stream; what stands after the file counts
 * for nothing. RFC 7578.
 *
 * @param fields by their names in lower case, in their order
 * @param fileName the file's name on the browser's machine, without folders
 * @param fileType what the browser says it is; null where it does not
 * @param file its bytes
 */
record MultipartForm(
        Map<String, String> fields,
        String fileName,
        @Nullable String fileType,
        InputStream file) {
    private static final int MAX_FIELDS = 20 * 1024;
    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70})).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|;)\\s*name=(?:\"([^\"]*)\"|([^;\\s]*))");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)(?:^|;)\\s*filename=(?:\"([^\"]*)\"|([^;\\s]*))");

    /** The head of a part. */
    private record Head(String disposition, @Nullable String type) {
        String name() {
            var name = match(NAME, disposition);
            if (name == null) {
                throw S3Error.MALFORMED_POST_REQUEST.error();
            }
            return name;
        }
    }

    /** Reads the fields and stops before the file. */
    static MultipartForm read(String contentType, InputStream body) throws IOException {
        var boundary = match(BOUNDARY, contentType);
        if (boundary == null) {
            throw S3Error.PRECONDITION_FAILED.with(
                    "Condition", "Bucket POST must be of the enclosure-type multipart/form-data");
        }
        var parts = new PartStream(body, boundary);
        var fields = new LinkedHashMap<String, String>();
        int left = MAX_FIELDS;
        while (parts.next()) {
            var head = head(parts.headers());
            var name = head.name().toLowerCase(Locale.ROOT);
            if (name.equals("file")) {
                return new MultipartForm(fields, fileName(head), head.type, parts);
            }
            var value = parts.readNBytes(left + 1);
            left -= value.length + name.length();
            if (left < 0) {
                throw S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED.error();
            }
            fields.put(name, new String(value, StandardCharsets.UTF_8));
        }
        throw noFile();
    }

    private static AwsException noFile() {
        return S3Error.INVALID_ARGUMENT
                .saying("POST requires exactly one file upload per request.")
                .with("ArgumentName", "file")
                .with("ArgumentValue", "0");
    }

    private static Head head(String lines) {
        String disposition = "";
        String type = null;
        for (var line : lines.split("\r\n")) {
            int colon = line.indexOf(':');
            var name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "content-disposition" -> disposition = line.substring(colon + 1);
                case "content-type" -> type = line.substring(colon + 1).strip();
                default -> {}
            }
        }
        return new Head(disposition, type);
    }

    private static String fileName(Head head) {
        var name = match(FILE_NAME, head.disposition);
        if (name == null) {
            return "";
        }
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static @Nullable String match(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!(pattern == BOUNDARY ? matcher.matches() : matcher.find())) {
            return null;
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
}
