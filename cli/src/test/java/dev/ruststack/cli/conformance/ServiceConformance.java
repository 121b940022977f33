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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the suites of all clients of a service against one stack, and compares the table in docs with what they verified;
 * with {@code -Dregenerate=true} writes it. Not part of {@code ./mvnw verify}: conformance/README.md says how to run it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceConformance {
    /** The tests of the emulator were run before, and left what they verified here. */
    private static final Path TESTS_IN_JAVA = Launcher.ROOT.resolve("emulator/target/conformance");

    private static final Pattern LINK = Pattern.compile("\\[tests]\\([^)]*\\)");
    private static final int AT_ONCE = 2;

    private final Matter matter;
    private final Map<Client, Suite.Run> runs = new EnumMap<>(Client.class);

    ServiceConformance(Matter matter) {
        this.matter = matter;
    }

    @BeforeAll
    void runAll(@TempDir Path folder) throws Exception {
        long began = System.nanoTime();
        var suites = Suite.all(new Tools(), matter);
        say("clients installed", began);
        try (var stack = StackProcess.up(Launcher.packaged(folder), Tools.SUITES.resolve("stack.yaml"));
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = suites.stream()
                    .map(suite -> (Callable<Suite.Run>) () -> suite.run(stack.environment()))
                    .toList();
            for (var run : threads.invokeAll(all)) {
                runs.put(run.get().client(), run.get());
            }
        }
        runs.values()
                .forEach(run -> System.out.printf(
                        "%-22s %4d checks %6.1f s%n",
                        run.client().title(), run.results().size(), run.took().toMillis() / 1000.0));
        say("all suites", began);
    }

    private static void say(String what, long began) {
        System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }

    List<Client> clients() {
        return matter.clients().stream().filter(client -> client != Client.JAVA).toList();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyCheckPasses(Client client) {
        var run = runs.get(client);

        assertThat(run.results().stream().filter(result -> !result.passed()))
                .as(run.output())
                .isEmpty();
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.results()).as(run.output()).isNotEmpty();
    }

    @Test
    void theTableIsWhatWasVerified() throws IOException {
        var features = Features.read(matter.features());
        var results = new ArrayList<>(javaResults());
        runs.values().forEach(run -> results.addAll(run.results()));
        var verified = new HashSet<String>();
        runs.values().forEach(run -> run.results().forEach(result -> verified.add(result.feature())));
        assertThat(verified)
                .as("%s has what the suites are the check of, to the letter", matter.featuresFile())
                .containsExactlyInAnyOrderElementsOf(features.all());
        var table = new Table(
                matter, features, results.stream().filter(Result::passed).toList());

        var main = Matter.inDocs(matter.table());
        var java = Matter.inDocs(matter.javaPage());
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(main, table.main());
            Files.writeString(java, table.java());
        }

        assertThat(withoutJava(Files.readString(main)))
                .as("docs/%s; -Dregenerate=true writes it", matter.table())
                .isEqualTo(withoutJava(table.main()));
        claimsNothingMore(Files.readString(main), table.main());
        claimsNothingMore(Files.readString(java), table.java());
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

    private List<Result> javaResults() throws IOException {
        assertThat(TESTS_IN_JAVA)
                .as("what the emulator's tests left; run them first")
                .isDirectory();
        var results = new ArrayList<Result>();
        try (var files = Files.list(TESTS_IN_JAVA)) {
            for (var file : files.toList()) {
                Result.read(file).stream()
                        .filter(result -> matter.title().equals(result.service()))
                        .forEach(results::add);
            }
        }
        return results;
    }
}
