package dev.ruststack.cli.build;

import static dev.ruststack.cli.build.BuildFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Builds with the machine's own npm and a small package from its registry. */
class NpmBuildTest {
    @RegisterExtension
    final BuildFixture fixture = new BuildFixture();

    @Test
    void dependenciesAreInstalledBesideTheFunctionsOwnFiles() throws Exception {
        fixture.write("web/index.mjs", "import ms from 'ms';\n");
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}");

        var built = fixture.build("nodejs20.x");

        assertThat(contents(built.zip()))
                .containsEntry("package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}")
                .containsKeys("index.mjs", "node_modules/ms/index.js")
                .doesNotContainKey("package-lock.json");
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void lockedVersionsAreInstalled() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"^2.1.0\"}}");
        fixture.write("web/package-lock.json", """
                {
                  "lockfileVersion": 3,
                  "requires": true,
                  "packages": {
                    "": {"dependencies": {"ms": "^2.1.0"}},
                    "node_modules/ms": {"version": "2.1.2"}
                  }
                }
                """);

        var built = fixture.build("nodejs20.x");

        assertThat(contents(built.zip()).get("node_modules/ms/package.json")).contains("\"version\": \"2.1.2\"");
    }

    @Test
    void scriptsOfTheFunctionItselfAreNotRun() throws Exception {
        fixture.write("web/package.json", """
                {"scripts": {"prepare": "exit 1", "postinstall": "exit 1"}, "dependencies": {"ms": "2.1.3"}}
                """);

        var built = fixture.build("nodejs20.x");

        assertThat(contents(built.zip())).containsKey("node_modules/ms/index.js");
    }

    @Test
    void secondBuildInstallsNothing() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}");
        fixture.build("nodejs20.x");
        fixture.write("web/index.mjs", "");
        fixture.progress.clear();

        var changed = fixture.build("nodejs20.x");
        var same = fixture.build("nodejs20.x");

        assertThat(fixture.progress).containsExactly("Packing " + fixture.root().resolve("web"));
        assertThat(changed.fromCache()).isFalse();
        assertThat(same.fromCache()).isTrue();
    }

    @Test
    void nodeModulesThatAreThereArePackedAsTheyAre() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}");
        fixture.write("web/node_modules/ms/index.js", "mine");

        var built = fixture.with("PATH", "/nowhere").build("nodejs20.x");

        assertThat(contents(built.zip())).containsEntry("node_modules/ms/index.js", "mine");
    }

    @Test
    void packageWithoutDependenciesNeedsNoNpm() throws Exception {
        fixture.write("web/package.json", "{\"type\": \"module\", \"devDependencies\": {\"ms\": \"2.1.3\"}}");

        var built = fixture.with("PATH", "/nowhere").build("nodejs20.x");

        assertThat(contents(built.zip())).containsOnlyKeys("package.json");
    }

    @Test
    void versionThatDoesNotExistFailsWithNpmsOwnOutput() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"99.0.0\"}}");

        assertThatThrownBy(() -> fixture.build("nodejs20.x"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("function web: the dependencies of package.json failed to install\n")
                .hasMessageContaining("npm install --omit=dev")
                .hasMessageContaining("exit code: 1")
                .hasMessageContaining("No matching version found for ms@99.0.0");
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void dependencyOnAFolderIsRefusedByName() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"shared\": \"file:../shared\"}}");

        assertThatThrownBy(() -> fixture.build("nodejs20.x"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("function web: package.json depends on shared at file:../shared, ");
    }

    @Test
    void packageJsonThatIsNoJsonIsNamedWithThePlace() throws Exception {
        var file = fixture.write("web/package.json", "{\n  \"dependencies\": {ms}\n}");

        assertThatThrownBy(() -> fixture.build("nodejs20.x"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("function web: " + file + ", line 2, column ");
    }

    @Test
    void machineWithoutNpmGetsTheRemedy() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}");

        assertThatThrownBy(() -> fixture.with("PATH", "/nowhere").build("nodejs20.x"))
                .hasMessage(
                        "function web: package.json needs npm, which was not found on the PATH; install Node.js with"
                                + " npm (Debian, Ubuntu: apt-get install nodejs npm)");
    }

    @Test
    void packageJsonOfAPythonFunctionIsJustAFile() throws Exception {
        fixture.write("web/package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}");

        var built = fixture.with("PATH", "/nowhere").build("python3.11");

        assertThat(contents(built.zip())).isEqualTo(Map.of("package.json", "{\"dependencies\": {\"ms\": \"2.1.3\"}}"));
    }
}
