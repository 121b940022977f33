package dev.ruststack.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of this repository point to is there, and what they show can be used. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", "src");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:)([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w+)\\R(.*?)^\\1```");

    /** Text between a fence, with the page and the language. */
    private record Block(Path page, String language, String text) {
        /** Where a reader finds it. */
        String place() {
            return ROOT.relativize(page) + ": " + text.lines().findFirst().orElse("");
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            var links = LINK.matcher(withoutBlocks(Files.readString(page)));
            while (links.find()) {
                var target = links.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(links.group(1)).normalize();
                var anchor = links.group(2);
                if (!Files.exists(target) || (anchor != null && !anchors(target).contains(anchor.substring(1)))) {
                    broken.add(ROOT.relativize(page) + " " + links.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyRustStackIsOne() throws IOException {
        var stacks = blocks("yaml").stream()
                .filter(block -> block.text().contains("kind: RustStack"))
                .toList();

        assertThat(stacks).hasSizeGreaterThan(1).allSatisfy(block -> {
            var bytes = block.text().getBytes(StandardCharsets.UTF_8);
            var read = RustStackYaml.read(new ByteArrayInputStream(bytes), block.place());
            assertThat(read).isInstanceOf(ReadResult.Valid.class);
            assertThat(((ReadResult.Valid) read).warnings()).isEmpty();
        });
    }

    @Test
    void everyCommandParses() throws IOException, InterruptedException {
        var mistakes = new ArrayList<String>();
        for (var block : blocks("sh")) {
            var bash =
                    new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
            try (var in = bash.getOutputStream()) {
                in.write(block.text().getBytes(StandardCharsets.UTF_8));
            }
            var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (bash.waitFor() != 0 || !said.isEmpty()) {
                mistakes.add(block.place() + "\n" + said);
            }
        }
        assertThat(mistakes).isEmpty();
    }

    private static List<Block> blocks(String language) throws IOException {
        var found = new ArrayList<Block>();
        for (var page : pages()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .filter(block -> block.group(2).equals(language))
                    .forEach(block ->
                            found.add(new Block(page, language, block.group(3).stripIndent())));
        }
        return found;
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        collect(ROOT, pages);
        return pages;
    }

    private static void collect(Path folder, List<Path> pages) throws IOException {
        List<Path> entries;
        try (Stream<Path> list = Files.list(folder)) {
            entries = list.sorted().toList();
        }
        for (var entry : entries) {
            if (Files.isDirectory(entry)) {
                if (!NOT_OURS.contains(entry.getFileName().toString())) {
                    collect(entry, pages);
                }
            } else if (entry.toString().endsWith(".md")) {
                pages.add(entry);
            }
        }
    }

    private static String withoutBlocks(String page) {
        return BLOCK.matcher(page).replaceAll("");
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(withoutBlocks(Files.readString(page)))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toUnmodifiableSet());
    }
}
