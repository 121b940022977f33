package dev.ruststack.cli.build;

import static dev.ruststack.cli.build.BuildFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Builds with the machine's own Python and a small package from PyPI. */
class PythonBuildTest {
    @RegisterExtension
    final BuildFixture fixture = new BuildFixture();

    @Test
    void requirementsAreInstalledBesideTheFunctionsOwnFiles() throws Exception {
        fixture.write("web/app.py", "import six\n");
        fixture.write("web/requirements.txt", "six==1.17.0\n");

        var built = fixture.build("python3.11");

        assertThat(contents(built.zip()))
                .containsKeys("app.py", "requirements.txt", "six.py", "six-1.17.0.dist-info/METADATA");
        assertThat(fixture.progress).anyMatch(line -> line.contains("Successfully installed six-1.17.0"));
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void secondBuildInstallsNothing() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");
        var first = fixture.build("python3.11");
        fixture.progress.clear();

        var second = fixture.build("python3.11");

        assertThat(second.fromCache()).isTrue();
        assertThat(second.zip()).isEqualTo(first.zip());
        assertThat(fixture.progress).isEmpty();
    }

    @Test
    void changedCodeIsPackedWithTheDependenciesThatAreThere() throws Exception {
        fixture.write("web/app.py", "one");
        fixture.write("web/requirements.txt", "six==1.17.0\n");
        fixture.build("python3.11");
        fixture.progress.clear();
        fixture.write("web/app.py", "two");

        var built = fixture.build("python3.11");

        assertThat(contents(built.zip())).containsEntry("app.py", "two").containsKey("six.py");
        assertThat(fixture.progress).containsExactly("Packing " + fixture.root().resolve("web"));
    }

    @Test
    void functionsOwnFileWinsOverThatOfADependency() throws Exception {
        fixture.write("web/six.py", "mine");
        fixture.write("web/requirements.txt", "six==1.17.0\n");

        var built = fixture.build("python3.11");

        assertThat(contents(built.zip())).containsEntry("six.py", "mine");
    }

    @Test
    void requirementThatDoesNotExistFailsWithPipsOwnOutput() throws Exception {
        fixture.write("web/requirements.txt", "six==0.0.1\n");

        assertThatThrownBy(() -> fixture.build("python3.11"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("function web: requirements.txt could not be installed\n")
                .hasMessageContaining("-m pip install")
                .hasMessageContaining("exit code: 1")
                .hasMessageContaining("No matching distribution found for six==0.0.1");
        assertThat(fixture.leftovers()).isEmpty();
        assertThat(Folders.children(fixture.cacheRoot()))
                .containsExactly(fixture.cacheRoot().resolve("tmp"));
    }

    @Test
    void requirementsWithoutAnyNeedNoPython() throws Exception {
        fixture.write("web/requirements.txt", "# boto3 is part of the runtime\n\n");

        var built = fixture.with("PATH", "/nowhere").build("python3.11");

        assertThat(contents(built.zip())).containsOnlyKeys("requirements.txt");
    }

    @Test
    void machineWithoutThatVersionSaysForWhichItBuilds() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");

        fixture.build("python3.99");

        assertThat(fixture.progress.getFirst()).matches("This machine has no python3.99: building for Python 3\\.\\d+");
    }

    @Test
    void machineWithoutPythonGetsTheRemedy() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");

        assertThatThrownBy(() -> fixture.with("PATH", "/nowhere").build("python3.11"))
                .hasMessage("function web: no Python was found on the PATH (looked for python3.11, python3);"
                        + " install Python 3 (Debian, Ubuntu: apt-get install python3 python3-pip)");
    }

    @Test
    void pythonWithoutPipGetsTheRemedy() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");
        var bare = fixture.root().resolve("bare");
        assertThat(new ProcessBuilder("python3", "-m", "venv", "--without-pip", bare.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> fixture.with("PATH", bare + "/bin").build("python3.11"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("has no pip")
                .hasMessageContaining("No module named pip")
                .hasMessageContaining("apt-get install python3-pip");
    }

    @Test
    void shimOfAVersionThatIsNotActiveIsPassedOver() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");
        var shim = fixture.script("shims/python3.99", "echo not active >&2\nexit 127\n");

        fixture.with("PATH", shim.getParent() + ":" + System.getenv("PATH")).build("python3.99");

        assertThat(fixture.progress).anyMatch(line -> line.contains("Successfully installed six-1.17.0"));
    }

    @Test
    void moduleOfTheFunctionDoesNotGetIntoPip() throws Exception {
        fixture.write("web/logging.py", "raise ImportError('this is not the logging that pip needs')");
        fixture.write("web/requirements.txt", "six==1.17.0\n");

        var built = fixture.build("python3.11");

        assertThat(contents(built.zip())).containsKeys("logging.py", "six.py");
    }

    @Test
    void uvIsPreferredWhereItIsThere() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");
        fixture.script("tools/uv", """
                [ "$1" = --version ] && exit 0
                echo "uv $*"
                while [ "$1" != --target ]; do shift; done
                touch "$2/.lock" "$2/six.py"
                """);

        var built = fixture.with("PATH", fixture.root() + "/tools:" + System.getenv("PATH"))
                .build("python3.11");

        assertThat(contents(built.zip())).containsOnlyKeys("requirements.txt", "six.py");
        assertThat(fixture.progress)
                .anyMatch(line -> line.matches("uv pip install --python /.* --target /.* -r /.*/web/requirements.txt"));
    }

    @Test
    void interruptEndsTheInstallerAndLeavesNothing() throws Exception {
        fixture.write("web/requirements.txt", "six==1.17.0\n");
        fixture.script("tools/uv", """
                [ "$1" = --version ] && exit 0
                touch "$TMPDIR/half-written"
                sleep 600 &
                echo "started $$ $!"
                wait
                """);
        fixture.with("PATH", fixture.root() + "/tools:" + System.getenv("PATH"));
        var started = new CompletableFuture<String>();
        var outcome = new CompletableFuture<BuiltFunction>();
        var builder = fixture.builder();
        var build = Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(builder.build(fixture.source("python3.11"), line -> {
                    if (line.startsWith("started ")) {
                        started.complete(line);
                    }
                }));
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
        });
        var pids = started.get().split(" ");

        build.interrupt();
        build.join();

        assertThat(outcome).isCompletedExceptionally();
        assertThat(outcome.exceptionNow()).isInstanceOf(InterruptedException.class);
        for (int process = 1; process < pids.length; process++) {
            assertThat(ProcessHandle.of(Long.parseLong(pids[process])).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
        assertThat(fixture.leftovers()).isEmpty();
    }

    @Test
    void localPackageIsInstalledEveryTime() throws Exception {
        fixture.write("greeting/greeting.py", "WORD = 'hello'\n");
        fixture.script("tools/uv", """
                [ "$1" = --version ] && exit 0
                while [ "$1" != --target ]; do shift; done
                cp ../greeting/greeting.py "$2"
                """);
        fixture.write("web/requirements.txt", "../greeting\n");
        fixture.with("PATH", fixture.root() + "/tools:" + System.getenv("PATH"));
        fixture.build("python3.11");
        fixture.write("greeting/greeting.py", "WORD = 'good morning'\n");

        var built = fixture.build("python3.11");

        assertThat(built.fromCache()).isFalse();
        assertThat(contents(built.zip())).containsEntry("greeting.py", "WORD = 'good morning'\n");
    }
}
