package dev.ruststack.emulator.s3;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The entity tag of an object: the MD5 of its bytes in hex, without quotes, but where a key of KMS or of the customer
 * encrypts it. AWS: S3 API Reference, Object (ETag);
 * RFC 9110, section 8.8.3.
 */
public record ETag(String value) {
    public static ETag ofMd5(byte[] md5) {
        return new ETag(HexFormat.of().formatHex(md5));
    }

    /** One that looks like an MD5 and is none. AWS: S3 API Reference, Object (ETag). */
    public static ETag opaque() {
        var bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return ofMd5(bytes);
    }

    /** That of an object in parts: the MD5 of theirs, and how many there are. AWS: S3 User Guide, Multipart upload. */
    public static ETag ofParts(List<ETag> parts) {
        var md5 = RunningChecksum.digest("MD5");
        for (var part : parts) {
            md5.update(HexFormat.of().parseHex(part.value), 0, 16);
        }
        return new ETag(HexFormat.of().formatHex(md5.value()) + "-" + parts.size());
    }

    /** As it stands in headers and documents. */
    public String quoted() {
        return '"' + value + '"';
    }

    /**
     * Whether the tag is one of a condition's, which is {@code *} or a list of tags. S3 also takes tags without quotes
     * and does not tell weak ones from strong ones.
     */
    public boolean matches(String condition) {
        return condition.strip().equals("*") || parseList(condition).contains(this);
    }

    /** Parses one tag: {@code "x"}, {@code W/"x"} or {@code x}. */
    public static ETag parse(String text) {
        var tag = text.strip();
        if (tag.startsWith("W/")) {
            tag = tag.substring(2);
        }
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return new ETag(quoted ? tag.substring(1, tag.length() - 1) : tag);
    }

    /** Parses a list of tags parted by commas; a comma within quotes is part of its tag. */
    public static List<ETag> parseList(String text) {
        var tags = new ArrayList<ETag>(1);
        boolean inQuotes = false;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || (text.charAt(i) == ',' && !inQuotes)) {
                if (!text.substring(from, i).isBlank()) {
                    tags.add(parse(text.substring(from, i)));
                }
                from = i + 1;
            } else if (text.charAt(i) == '"') {
                inQuotes = !inQuotes;
            }
        }
        return tags;
    }
}
