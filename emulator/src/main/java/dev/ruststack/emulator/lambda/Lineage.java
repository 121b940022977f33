package dev.ruststack.emulator.lambda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How often a chain of requests has come by a function, as its tracing header tells:
 * {@code Lineage=a87bd80c:1|68fd508a:5}. AWS: Lambda Developer Guide, Use Lambda recursive loop detection to prevent
 * infinite loops; X-Ray Developer Guide, Tracing header.
 */
final class Lineage {
    /** How often a chain may come by a function. */
    static final int MOST = 16;

    private static final Pattern FIELD = Pattern.compile(";?Lineage=([0-9a-f:|]*)");

    private Lineage() {}

    /** Whether a header belongs to a chain that has come by a function before. */
    static boolean isIn(String trace) {
        return trace.contains("Lineage=");
    }

    /** How often the chain has come by a function. */
    static int hops(String trace, String functionArn) {
        var own = hash(functionArn) + ":";
        var field = FIELD.matcher(trace);
        if (field.find()) {
            for (var entry : field.group(1).split("\\|")) {
                if (entry.startsWith(own)) {
                    return count(entry.substring(own.length()));
                }
            }
        }
        return 0;
    }

    /** The header of a chain that comes by a function once more. */
    static String passing(String trace, String functionArn) {
        var own = hash(functionArn);
        var entries = new ArrayList<String>();
        var field = FIELD.matcher(trace);
        if (field.find()) {
            for (var entry : field.group(1).split("\\|")) {
                if (!entry.isEmpty() && !entry.startsWith(own + ":")) {
                    entries.add(entry);
                }
            }
        }
        entries.add(own + ":" + (hops(trace, functionArn) + 1));
        return field.replaceAll("") + ";Lineage=" + String.join("|", entries);
    }

    private static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String hash(String functionArn) {
        var crc = new CRC32();
        crc.update(functionArn.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
