package dev.ruststack.crds.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code examples/NAME/stack.yaml} runs on one machine, with nothing to remark. */
class ExamplesTest {
    @TestFactory
    Stream<DynamicTest> runsOnOneMachine() throws IOException {
        try (var folders = Files.list(Path.of("../examples"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("stack.yaml"))).toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> assertRuns(folder)));
        }
    }

    private static void assertRuns(Path folder) {
        var read = RustStackYaml.read(folder.resolve("stack.yaml"));
        var valid = assertThat(read).asInstanceOf(type(ReadResult.Valid.class)).actual();

        assertThat(valid.warnings()).isEmpty();
        for (var document : valid.documents()) {
            var found = OneMachine.check(document);
            assertThat(found.problems()).isEmpty();
            assertThat(found.warnings()).isEmpty();
            assertThat(LocalFiles.check(document, folder)).isEmpty();
        }
    }
}
