package dev.ruststack.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@code requirements.txt} with the files it includes. Format: pip documentation, Requirements File Format.
 *
 * @param empty whether it asks for nothing
 * @param local whether it names files or folders of this machine, whose content can change while the text stays
 * @param fingerprint the same for the same text
 */
record Requirements(boolean empty, boolean local, String fingerprint) {
    private static final Pattern INCLUDE = Pattern.compile("(?:-r|--requirement|-c|--constraint)[ =]?\\s*(\\S+)");
    private static final Pattern OPTION_WITH_PATH = Pattern.compile("(?:-e|--editable|-f|--find-links)\\b.*");
    private static final Pattern PATH =
            Pattern.compile("(?:[./~].*|file:.*|.*@\\s*file:.*|(?!.*://).*\\.(?:whl|zip|tar\\.gz)(?:\\s.*)?)");

    static Requirements read(Path file) throws IOException {
        var fingerprint = new Fingerprint();
        var seen = new HashSet<Path>(Set.of(file));
        var unread = new ArrayDeque<Path>(List.of(file));
        boolean empty = true;
        boolean local = false;
        while (!unread.isEmpty()) {
            var next = unread.removeFirst();
            var text = Files.readString(next);
            fingerprint.add(text);
            for (var line : logicalLines(text)) {
                var include = INCLUDE.matcher(line);
                if (include.matches() && !include.group(1).contains("://")) {
                    var included = next.resolveSibling(include.group(1)).normalize();
                    if (seen.add(included)) {
                        unread.addLast(included);
                    }
                    continue;
                }
                empty = false;
                local |= OPTION_WITH_PATH.matcher(line).matches()
                        || PATH.matcher(line).matches();
            }
        }
        return new Requirements(empty, local, fingerprint.hex());
    }

    /** Its lines without comments, empty ones and the backslash of a continued one. */
    private static List<String> logicalLines(String text) {
        return text.replace("\\\n", " ")
                .lines()
                .map(line -> line.replaceFirst("(?:^|\\s+)#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
