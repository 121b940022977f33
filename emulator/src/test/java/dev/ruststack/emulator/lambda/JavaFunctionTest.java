package dev.ruststack.emulator.lambda;

import static dev.ruststack.emulator.lambda.LambdaRig.tail;
import static dev.ruststack.emulator.lambda.LambdaRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in Java, by AWS's own runtime interface client. */
class JavaFunctionTest {
    @TempDir
    static Path directory;

    static LambdaRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = LambdaRig.in(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /** A function of one class, compiled for the oldest Java that AWS has. */
    private static LambdaRig.Function java(String runtime, String handler, String code) throws Exception {
        var function = rig.function(runtime).handler(handler).timeout(60);
        compile(function.code(), "App", code);
        return function;
    }

    private static void compile(Path into, String name, String code) throws Exception {
        var source =
                Files.writeString(Files.createTempDirectory(directory, "source").resolve(name + ".java"), code);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "11",
                        "-Xlint:-options",
                        "-proc:none",
                        "-d",
                        into.toString(),
                        source.toString());
        assertThat(status).isZero();
    }

    @Test
    void aPlainMethodIsAHandler() throws Exception {
        var function = java("java17", "App::greet", """
                import java.util.Map;
                public class App {
                    int calls;
                    public Map<String, Object> greet(Map<String, String> event) {
                        System.out.println("greeting " + event.get("name"));
                        return Map.of("hello", event.get("name"), "calls", ++calls);
                    }
                }
                """);

        var first = rig.invoke(function, "{\"name\": \"wörld\"}");
        var second = rig.result(function, "{\"name\": \"again\"}");

        assertThat(LambdaRig.json(first.payload()).get("hello").stringValue())
                .as(tail(first))
                .isEqualTo("wörld");
        assertThat(tail(first))
                .contains("greeting wörld\n", "\tInit Duration: ")
                .doesNotContain("WARNING");
        assertThat(second.get("calls").intValue()).isEqualTo(2);
    }

    @Test
    void requestHandlersHaveAContextAndErrorsTheirShape() throws Exception {
        var function = java("java21", "App", """
                import com.amazonaws.services.lambda.runtime.*;
                public class App implements RequestHandler<Integer, String> {
                    @Override
                    public String handleRequest(Integer event, Context context) {
                        if (event < 0) throw new IllegalStateException("negative");
                        context.getLogger().log("logged\\n");
                        return context.getFunctionName() + " " + context.getAwsRequestId().length() + " "
                            + (context.getRemainingTimeInMillis() > 0) + " " + event;
                    }
                }
                """);

        var outcome = rig.invoke(function, "7");
        var error = rig.error(function, "-1");

        assertThat(text(outcome.payload())).isEqualTo("\"" + function.name() + " 36 true 7\"");
        assertThat(tail(outcome)).contains("logged\n");
        assertThat(error.get("errorMessage").stringValue()).isEqualTo("negative");
        assertThat(error.get("errorType").stringValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.get("stackTrace").isArray()).isTrue();
    }

    @Test
    void streamHandlersReadAndWriteBytesAndLibrariesAreOnTheClassPath() throws Exception {
        var function = rig.function("java11").handler("App::handleRequest").timeout(60);
        var classes = Files.createTempDirectory(directory, "library");
        compile(classes, "Library", "public class Library { public static String name() { return \"library\"; } }");
        Files.createDirectories(function.code().resolve("lib"));
        try (var jar = new JarOutputStream(Files.newOutputStream(function.code().resolve("lib/library.jar")))) {
            jar.putNextEntry(new ZipEntry("Library.class"));
            Files.copy(classes.resolve("Library.class"), jar);
        }
        compile(function.code(), "App", """
                import com.amazonaws.services.lambda.runtime.*;
                import java.io.*;
                public class App implements RequestStreamHandler {
                    @Override
                    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                        try {
                            var name = Class.forName("Library").getMethod("name").invoke(null);
                            out.write(("[\\"" + name + "\\", ").getBytes());
                        } catch (ReflectiveOperationException e) { throw new IOException(e); }
                        in.transferTo(out);
                        out.write(']');
                    }
                }
                """);

        assertThat(text(rig.invoke(function, "{\"a\": 1}").payload())).isEqualTo("[\"library\", {\"a\": 1}]");
    }

    @Test
    void aClassThatIsNotThereIsAnErrorOfTheInitialization() throws Exception {
        var function = java("java17", "Nowhere::handle", "public class App {}");

        var error = rig.error(function, "{}");

        assertThat(error.get("errorMessage").stringValue()).isEqualTo("Class not found: Nowhere");
        assertThat(error.get("errorType").stringValue()).isEqualTo("java.lang.ClassNotFoundException");
    }

    @Test
    void whatCannotRunHereSaysWhatToInstall() throws Exception {
        assertThatThrownBy(() -> rig.invoke(rig.function("java99"), "{}"))
                .hasMessageContaining("there is no Java 99 or later")
                .hasMessageContaining("Install a JDK or JRE 99.");
        assertThatThrownBy(() -> rig.invoke(rig.function("dotnet8"), "{}"))
                .hasMessageContaining("The runtime dotnet8 cannot run as a local process")
                .hasMessageContaining("install the .NET SDK 8 (https://dotnet.microsoft.com/download/dotnet/8.0)");
    }
}
