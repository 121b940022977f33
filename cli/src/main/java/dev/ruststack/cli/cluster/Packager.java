package dev.ruststack.cli.cluster;

import dev.ruststack.cli.build.BuildException;
import dev.ruststack.cli.build.FunctionBuilder;
import dev.ruststack.cli.build.FunctionSource;
import dev.ruststack.crds.LambdaSpec;
import dev.ruststack.crds.function.FunctionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns what a stack takes from this machine into what a cluster takes: every file becomes pieces in ConfigMaps, every
 * folder of objects a zip file in pieces, every {@code code.path} the zip file that {@code up} would build, or an image
 * with its contents. Functions that ran as processes of this machine run in pods.
 */
final class Packager {
    private final Path folder;
    private final FunctionBuilder builder;
    private final @Nullable FunctionImages images;
    private final Steps steps;

    /** Hears of what takes its time. */
    interface Steps {
        /** What is done from now on; the result ends it. */
        Step begin(String title);
    }

    /** A step under way. */
    interface Step {
        void line(String text);

        void done();

        void failed();
    }

    /**
     * @param folder what paths are relative to
     * @param images null where functions become pieces too
     */
    Packager(Path folder, FunctionBuilder builder, @Nullable FunctionImages images, Steps steps) {
        this.folder = folder;
        this.builder = builder;
        this.images = images;
        this.steps = steps;
    }

    /**
     * Packages one stack.
     *
     * @param document a RustStack that was found to be without mistakes; it is changed
     * @param namespace where everything goes; null for the one that the document names, or else kubectl's own
     * @throws BuildException where a function cannot be built
     * @throws IOException where a file cannot be read or is too large; the message names its field
     */
    PackagedStack stack(MappingNode document, @Nullable String namespace)
            throws BuildException, IOException, InterruptedException {
        var metadata = YamlNodes.get(document, "metadata").orElseThrow();
        if (namespace != null) {
            YamlNodes.replace(metadata, null, "namespace", namespace);
        }
        var name = YamlNodes.text(metadata, "name").orElseThrow();
        var where = YamlNodes.text(metadata, "namespace").orElse(null);
        var pieces = new Pieces(name, where);
        var notes = new ArrayList<String>();
        var spec = YamlNodes.get(document, "spec").orElse(null);
        if (spec != null) {
            files(spec, pieces);
            layers(spec, pieces);
            functions(spec, name, pieces, notes);
            executor(spec, notes);
        }
        return new PackagedStack(name, where, document, pieces, List.copyOf(notes));
    }

    private void files(Node spec, Pieces pieces) throws IOException {
        int buckets = 0;
        for (var bucket : YamlNodes.items(spec, "buckets")) {
            var at = "spec.buckets[" + buckets++ + "]";
            int objects = 0;
            for (var object : YamlNodes.items(bucket, "objects")) {
                var content = YamlNodes.get(object, "content").orElse(null);
                file(content, at + ".objects[" + objects++ + "].content.path", pieces);
            }
            int folders = 0;
            for (var from : YamlNodes.items(bucket, "objectsFrom")) {
                file(from, at + ".objectsFrom[" + folders++ + "].path", pieces);
            }
        }
        int tables = 0;
        for (var table : YamlNodes.items(spec, "tables")) {
            int items = 0;
            for (var from : YamlNodes.items(table, "itemsFrom")) {
                file(from, "spec.tables[" + tables + "].itemsFrom[" + items++ + "].path", pieces);
            }
            tables++;
        }
    }

    private void file(@Nullable Node holder, String at, Pieces pieces) throws IOException {
        var path = holder == null ? null : YamlNodes.text(holder, "path").orElse(null);
        if (holder == null || path == null) {
            return;
        }
        var file = folder.resolve(path);
        var bytes = Files.isDirectory(file)
                ? FolderZip.of(file, Pieces.LARGEST).orElseThrow(() -> tooLarge(at, "as a zip file", file))
                : read(file, at);
        put(holder, bytes, pieces);
    }

    /** Looks at the size first: what is too large may well be larger than memory. */
    private static byte[] read(Path file, String at) throws IOException {
        if (Files.size(file) > Pieces.LARGEST) {
            throw tooLarge(at, "with its " + Files.size(file) + " bytes", file);
        }
        return Files.readAllBytes(file);
    }

    private static IOException tooLarge(String at, String how, Path file) {
        return new IOException(at + ": " + file + " is too large " + how + ": ConfigMaps take " + Pieces.LARGEST
                + " bytes of one file at most");
    }

    private static void put(Node holder, byte[] bytes, Pieces pieces) {
        YamlNodes.replace(holder, "path", "parts", Pieces.parts(pieces.add(bytes)));
    }

    private void layers(Node spec, Pieces pieces) throws BuildException, IOException, InterruptedException {
        int layers = 0;
        for (var layer : YamlNodes.items(spec, "layers")) {
            var at = "spec.layers[" + layers++ + "].code.path";
            var code = YamlNodes.get(layer, "code").orElse(null);
            var path = code == null ? null : YamlNodes.text(code, "path").orElse(null);
            if (code != null && path != null) {
                var source = FunctionSource.layer(YamlNodes.text(layer, "name").orElseThrow(), folder.resolve(path));
                put(code, read(builder.build(source, line -> {}).zip(), at), pieces);
            }
        }
    }

    private void functions(Node spec, String stack, Pieces pieces, List<String> notes)
            throws BuildException, IOException, InterruptedException {
        int functions = 0;
        for (var function : YamlNodes.items(spec, "functions")) {
            // Nobody debugs in a cluster, which refuses it.
            YamlNodes.remove(function, "debugPort");
            var at = "spec.functions[" + functions++ + "].code.path";
            var code = YamlNodes.get(function, "code").orElse(null);
            var path = code == null ? null : YamlNodes.text(code, "path").orElse(null);
            if (code == null || path == null) {
                continue;
            }
            var built = built(spec, stack, function, folder.resolve(path));
            if (images == null) {
                put(code, read(built.zip(), at), pieces);
            } else {
                image(images, built, function, code, notes);
            }
        }
    }

    private FunctionCode built(Node spec, String stack, Node function, Path source)
            throws BuildException, IOException, InterruptedException {
        var name = YamlNodes.text(function, "name").orElseThrow();
        var runtime = YamlNodes.text(function, "runtime").orElseThrow();
        var zip = step(
                "Building function " + name,
                line -> builder.build(new FunctionSource(name, runtime, source), line::line)
                        .zip());
        return new FunctionCode(
                stack,
                name,
                runtime,
                YamlNodes.text(function, "handler").orElseThrow(),
                YamlNodes.items(function, "architectures").stream()
                        .map(YamlNodes::text)
                        .findFirst()
                        .orElse(null),
                baseImage(spec, runtime),
                source,
                zip);
    }

    private static @Nullable String baseImage(Node spec, String runtime) {
        return YamlNodes.get(spec, "lambda").map(lambda -> YamlNodes.items(lambda, "images")).orElse(List.of()).stream()
                .filter(image -> YamlNodes.text(image, "runtime").orElse("").equals(runtime))
                .flatMap(image -> YamlNodes.text(image, "image").stream())
                .findFirst()
                .orElse(null);
    }

    /** The function then is of PackageType Image: its runtime is in the image, its handler the image's command. */
    private void image(FunctionImages images, FunctionCode built, Node function, Node code, List<String> notes)
            throws BuildException, IOException, InterruptedException {
        var uri = step("Image of function " + built.name(), step -> images.make(built, step::line));
        YamlNodes.replace(code, "path", "imageUri", uri);
        YamlNodes.remove(function, "runtime");
        YamlNodes.remove(function, "imageConfig");
        YamlNodes.replace(function, "handler", "imageConfig", Map.of("command", List.of(built.handler())));
        if (built.architecture() == null && images.architecture(built).equals(FunctionSpec.ARM64)) {
            YamlNodes.replace(function, null, "architectures", List.of(FunctionSpec.ARM64));
        }
        notes.add(built.name() + ": " + uri);
    }

    /** Something that takes its time. */
    private interface Work<T> {
        T run(Step step) throws BuildException, IOException, InterruptedException;
    }

    private <T> T step(String title, Work<T> work) throws BuildException, IOException, InterruptedException {
        var step = steps.begin(title);
        boolean done = false;
        try {
            var result = work.run(step);
            done = true;
            return result;
        } finally {
            if (done) {
                step.done();
            } else {
                step.failed();
            }
        }
    }

    /** What runs functions on one machine is not there in a cluster. */
    private static void executor(Node spec, List<String> notes) {
        var lambda = YamlNodes.get(spec, "lambda").orElse(null);
        if (lambda == null) {
            return;
        }
        var executor = YamlNodes.text(lambda, "executor").orElse(LambdaSpec.PODS);
        if (executor.equals(LambdaSpec.PROCESS) || executor.equals(LambdaSpec.DOCKER)) {
            YamlNodes.replace(lambda, null, "executor", LambdaSpec.PODS);
            notes.add("spec.lambda.executor: " + executor + " becomes Pods");
        }
    }
}
