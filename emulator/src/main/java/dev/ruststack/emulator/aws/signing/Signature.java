package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its own signature, in the Authorization header or in the query of a presigned URL. AWS: IAM
 * User Guide, Signature Version 4 for API requests; S3 API Reference, Authenticating requests.
 *
 * @param date the day of the scope, {@code yyyyMMdd}
 * @param signedHeaders names in lower case
 * @param timestamp the time as it was signed, {@code yyyyMMdd'T'HHmmss'Z'}
 * @param expires how long a presigned URL holds, in seconds; null where the signature is in the header
 */
record Signature(
        String accessKeyId,
        String date,
        String region,
        String service,
        List<String> signedHeaders,
        String signature,
        String timestamp,
        @Nullable Long expires) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final long LONGEST_EXPIRY = 604_800;

    /** A signature that cannot be understood. */
    static final class UnreadableException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        private final transient AuthFailure failure;

        UnreadableException(AuthFailure failure) {
            super(failure.toString());
            this.failure = failure;
        }

        AuthFailure failure() {
            return failure;
        }
    }

    boolean presigned() {
        return expires != null;
    }

    /** When it was signed. Read by hand: every request has one, and a formatter takes longer than all else here. */
    Instant time() {
        if (timestamp.length() != 16 || timestamp.charAt(8) != 'T' || timestamp.charAt(15) != 'Z') {
            throw new DateTimeException(timestamp);
        }
        return LocalDateTime.of(digits(0, 4), digits(4, 6), digits(6, 8), digits(9, 11), digits(11, 13), digits(13, 15))
                .toInstant(ZoneOffset.UTC);
    }

    private int digits(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = timestamp.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException(timestamp);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }

    /** Reads the signature of a request; null where it carries none. */
    static @Nullable Signature read(Headers headers, Query query) throws UnreadableException {
        var authorization = headers.first("Authorization");
        if (authorization != null) {
            return fromHeader(authorization, headers);
        }
        if (query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature") || query.has("X-Amz-Credential")) {
            return fromQuery(query);
        }
        return null;
    }

    private static Signature fromHeader(String authorization, Headers headers) throws UnreadableException {
        if (!authorization.startsWith(ALGORITHM)) {
            throw new UnreadableException(new AuthFailure.UnsupportedMechanism(firstWord(authorization)));
        }
        var fields = fields(authorization.substring(ALGORITHM.length()));
        var timestamp = headers.first("X-Amz-Date");
        if (timestamp == null) {
            throw malformed(false, "AWS authentication requires a valid Date or x-amz-date header");
        }
        return of(
                required(fields, "Credential", false),
                required(fields, "SignedHeaders", false),
                required(fields, "Signature", false),
                timestamp,
                null);
    }

    private static Signature fromQuery(Query query) throws UnreadableException {
        var fields = new HashMap<String, String>();
        query.forEach(parameter -> fields.put(parameter.name(), parameter.value()));
        for (var name : List.of(
                "X-Amz-Algorithm",
                "X-Amz-Credential",
                "X-Amz-Signature",
                "X-Amz-Date",
                "X-Amz-SignedHeaders",
                "X-Amz-Expires")) {
            if (!fields.containsKey(name)) {
                throw malformed(
                        true,
                        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                                + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
            }
        }
        if (!ALGORITHM.equals(fields.get("X-Amz-Algorithm"))) {
            throw malformed(true, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
        }
        return of(
                required(fields, "X-Amz-Credential", true),
                required(fields, "X-Amz-SignedHeaders", true),
                required(fields, "X-Amz-Signature", true),
                required(fields, "X-Amz-Date", true),
                expires(required(fields, "X-Amz-Expires", true)));
    }

    private static Signature of(
            String credential, String signedHeaders, String signature, String timestamp, @Nullable Long expires)
            throws UnreadableException {
        boolean inQuery = expires != null;
        var parts = credential.split("/", -1);
        int last = parts.length - 1;
        if (last < 4 || !"aws4_request".equals(parts[last])) {
            throw malformed(
                    inQuery,
                    "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
                            + "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }
        var names = signedHeaders.toLowerCase(Locale.ROOT).split(";");
        var accessKeyId = last == 4 ? parts[0] : String.join("/", List.of(parts).subList(0, last - 3));
        var read = new Signature(
                accessKeyId,
                parts[last - 3],
                parts[last - 2],
                parts[last - 1],
                List.of(names),
                signature,
                timestamp,
                expires);
        try {
            read.time();
        } catch (DateTimeException e) {
            throw malformed(inQuery, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
        if (!timestamp.startsWith(read.date)) {
            throw malformed(
                    inQuery,
                    "Invalid credential date \"" + read.date + "\". This date is not the same as X-Amz-Date: \""
                            + timestamp.substring(0, 8) + "\".");
        }
        return read;
    }

    private static long expires(String text) throws UnreadableException {
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw malformed(true, "X-Amz-Expires should be a number");
        }
        if (seconds < 0) {
            throw malformed(true, "X-Amz-Expires must be non-negative");
        }
        if (seconds > LONGEST_EXPIRY) {
            throw malformed(
                    true,
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
                            + "must be less than 604800 seconds");
        }
        return seconds;
    }

    /** {@code Credential=…, SignedHeaders=…, Signature=…}; some clients leave the spaces out. */
    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return fields;
    }

    private static String required(Map<String, String> fields, String name, boolean inQuery)
            throws UnreadableException {
        var value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw malformed(inQuery, "Authorization header requires '" + name + "' parameter.");
        }
        return value;
    }

    private static UnreadableException malformed(boolean inQuery, String text) {
        return new UnreadableException(new AuthFailure.Malformed(inQuery, text));
    }

    private static String firstWord(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }
}
