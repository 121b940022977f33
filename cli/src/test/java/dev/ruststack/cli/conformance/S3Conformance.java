package dev.ruststack.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.cli.clients.StackProcess;
import dev.ruststack.cli.launcher.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the suites of all clients of S3 against one stack, and compares the table in docs with what they verified; with
 * {@code -Dregenerate=true} writes it. Not part of {@code ./mvnw verify}: conformance/README.md says how to run it.
 */
class S3Conformance {
    /** The tests of the emulator were run before, and left what they verified here. */
    private static final Path TESTS_IN_JAVA = Launcher.ROOT.resolve("emulator/target/conformance");

    private static final Path TABLE = Launcher.ROOT.resolve("docs/conformance-s3.md");
    private static final Path JAVA_PAGE = Launcher.ROOT.resolve("docs/conformance-s3-java.md");
    private static final Pattern LINK = Pattern.compile("\\[tests]\\([^)]*\\)");
    private static final int AT_ONCE = 2;

    private static final Map<Client, Suite.Run> RUNS = new EnumMap<>(Client.class);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runAll() throws Exception {
        long began = System.nanoTime();
        var suites = Suite.all(new Tools());
        say("clients installed", began);
        try (var stack = StackProcess.up(Launcher.packaged(folder), Tools.SUITES.resolve("stack.yaml"));
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = suites.stream()
                    .map(suite -> (Callable<Suite.Run>) () -> suite.run(stack.environment()))
                    .toList();
            for (var run : threads.invokeAll(all)) {
                RUNS.put(run.get().client(), run.get());
            }
        }
        RUNS.values()
                .forEach(run -> System.out.printf(
                        "%-22s %4d checks %6.1f s%n",
                        run.client().title(), run.results().size(), run.took().toMillis() / 1000.0));
        say("all suites", began);
    }

    private static void say(String what, long began) {
        System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JAVA")
    void everyCheckPasses(Client client) {
        var run = RUNS.get(client);

        assertThat(run.results().stream().filter(result -> !result.passed()))
                .as(run.output())
                .isEmpty();
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.results()).as(run.output()).isNotEmpty();
    }

    @Test
    void theTableIsWhatWasVerified() throws IOException {
        var features = Features.read(Tools.SUITES.resolve("features.txt"));
        var results = new ArrayList<>(javaResults());
        RUNS.values().forEach(run -> results.addAll(run.results()));
        var verified = new HashSet<String>();
        RUNS.values().forEach(run -> run.results().forEach(result -> verified.add(result.feature())));
        assertThat(verified)
                .as("features.txt has what the suites are the check of, to the letter")
                .containsExactlyInAnyOrderElementsOf(features.all());
        var table = new Table(features, results.stream().filter(Result::passed).toList());

        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(TABLE, table.main());
            Files.writeString(JAVA_PAGE, table.java());
        }

        assertThat(withoutJava(Files.readString(TABLE)))
                .as("docs/conformance-s3.md; -Dregenerate=true writes it")
                .isEqualTo(withoutJava(table.main()));
        claimsNothingMore(Files.readString(TABLE), table.main());
        claimsNothingMore(Files.readString(JAVA_PAGE), table.java());
    }

    private static String withoutJava(String page) {
        return LINK.matcher(page).replaceAll("");
    }

    /** A test more in the emulator fails nothing here: the pages claim less than is true until they are written again. */
    private static void claimsNothingMore(String page, String verified) {
        assertThat(claims(verified))
                .as("what the emulator's tests verify has what the page says; -Dregenerate=true writes it")
                .containsAll(claims(page));
        if (!page.equals(verified)) {
            System.out.println("docs lack what newer tests of the emulator verify: -Dregenerate=true writes them");
        }
    }

    private static Set<String> claims(String page) {
        return Stream.concat(
                        LINK.matcher(page).results().map(MatchResult::group),
                        page.lines().filter(line -> line.startsWith("- ") || line.startsWith("## ")))
                .collect(Collectors.toSet());
    }

    private static List<Result> javaResults() throws IOException {
        assertThat(TESTS_IN_JAVA)
                .as("what the emulator's tests left; run them first")
                .isDirectory();
        var results = new ArrayList<Result>();
        try (var files = Files.list(TESTS_IN_JAVA)) {
            for (var file : files.toList()) {
                results.addAll(Result.read(file));
            }
        }
        return results;
    }
}
