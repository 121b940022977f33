package dev.ruststack.cli.cluster;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.build.CacheDirectory;
import dev.ruststack.cli.build.Folders;
import dev.ruststack.crds.function.BaseImages;
import dev.ruststack.emulator.process.ProcessGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes images of functions without a container engine: a runtime's image with the code in {@code /var/task}, as AWS
 * has it for functions of {@code PackageType Image}. The same code on the same base gives the same image, bit for bit.
 */
final class FunctionImages {
    private static final String TAR = "tar://";

    private final ImageOptions options;
    private final ImageNames names;
    private final RegistryCredentials credentials;
    private final Path cache;
    private final ProcessGuard guard;

    FunctionImages(ImageOptions options, Map<String, String> environment, ProcessGuard guard) {
        this.options = options;
        this.guard = guard;
        names = new ImageNames(options.registry());
        credentials = new RegistryCredentials(environment);
        cache = CacheDirectory.of(environment);
    }

    /**
     * Makes one and pushes it, or writes it.
     *
     * @param line hears what it is at
     * @return what {@code code.imageUri} is to name: by digest where it was pushed, for then there is one
     */
    String make(FunctionCode code, Consumer<String> line) throws IOException, InterruptedException {
        var workspaces = Files.createDirectories(cache.resolve("tmp"));
        var folder = Files.createTempDirectory(workspaces, "image-");
        guard.ownDirectory(folder);
        try {
            return make(code, folder, line);
        } catch (RegistryException | CacheDirectoryCreationException | ExecutionException | IOException e) {
            throw failed(code, e);
        } finally {
            Folders.delete(folder);
            guard.disownDirectory(folder);
        }
    }

    private String make(FunctionCode code, Path folder, Consumer<String> line)
            throws IOException, InterruptedException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        var architecture = architecture(code);
        var base = base(code);
        var image = names.of(code.stack(), code.name(), tag(code, base, architecture));
        var layers = CodeLayers.of(code, Files.createDirectory(folder.resolve("code")));
        var builder = from(base, image, architecture, folder, line)
                .setFileEntriesLayers(layers)
                .setProgramArguments(code.handler());
        var tars = options.tars();
        if (tars != null) {
            var file = Files.createDirectories(tars).resolve(code.stack() + "-" + code.name() + ".tar");
            run(builder, Containerizer.to(TarImage.at(file).named(image)), options.insecure(), folder, line);
            return image.toString();
        }
        var made = run(builder, Containerizer.to(credentials.image(image)), insecure(image), folder, line);
        var digest = made.getDigest().toString();
        return ImageReference.of(image.getRegistry(), image.getRepository(), null, digest)
                .toString();
    }

    /** The dependencies are those of this machine, unless the function says otherwise. */
    String architecture(FunctionCode code) {
        if (code.architecture() != null) {
            return FunctionCode.imageArchitecture(code.architecture());
        }
        var platform = options.platform();
        if (platform != null) {
            return platform.substring(platform.indexOf('/') + 1);
        }
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }

    private String base(FunctionCode code) {
        var own = options.bases().get(code.runtime());
        if (own != null) {
            return own;
        }
        var base = code.baseImage() != null
                ? code.baseImage()
                : BaseImages.byRuntime().get(code.runtime());
        if (base == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "function " + code.name() + ": no image of the runtime " + code.runtime() + " is known",
                    "Name one: --base " + code.runtime() + "=IMAGE, or spec.lambda.images.");
        }
        return base;
    }

    private boolean insecure(ImageReference image) {
        return options.insecure() || ImageNames.isLocal(image);
    }

    private JibContainerBuilder from(
            String base, ImageReference target, String architecture, Path folder, Consumer<String> line)
            throws IOException, InterruptedException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        var platforms = Set.of(new Platform(architecture, "linux"));
        if (base.startsWith(TAR)) {
            return Jib.from(TarImage.at(Path.of(base.substring(TAR.length())))).setPlatforms(platforms);
        }
        var reference = ImageNames.parse(base);
        var pulled = Jib.from(credentials.image(reference)).setPlatforms(platforms);
        boolean insecureTarget = options.tars() == null ? insecure(target) : options.insecure();
        if (insecureTarget == insecure(reference)) {
            return pulled;
        }
        // One build has one rule for both registries: the stricter one would fail, the looser one is not what was
        // asked.
        var tar = folder.resolve("base.tar");
        run(pulled, Containerizer.to(TarImage.at(tar).named(reference)), insecure(reference), folder, line);
        return Jib.from(TarImage.at(tar)).setPlatforms(platforms);
    }

    private JibContainer run(
            JibContainerBuilder builder,
            Containerizer containerizer,
            boolean insecure,
            Path folder,
            Consumer<String> line)
            throws IOException, InterruptedException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        return builder.containerize(containerizer
                .setAllowInsecureRegistries(insecure)
                .setBaseImageLayersCache(cache.resolve("images"))
                .setApplicationLayersCache(folder.resolve("layers"))
                .setToolName("ruststack")
                .addEventHandler(LogEvent.class, event -> {
                    if (event.getLevel() != LogEvent.Level.DEBUG) {
                        line.accept(event.getMessage());
                    }
                }));
    }

    /** For people, and so that no registry removes an image that has no tag: another one for other code. */
    private static String tag(FunctionCode code, String base, String architecture) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of(architecture, code.runtime(), code.handler())) {
                digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (base.startsWith(TAR)) {
                add(digest, Path.of(base.substring(TAR.length())));
            } else {
                digest.update(base.getBytes(StandardCharsets.UTF_8));
            }
            add(digest, code.zip());
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static CommandException failed(FunctionCode code, Exception failure) {
        var remedy = switch (failure) {
            case InsecureRegistryException _ -> "--insecure-registry lets it speak http.";
            case RegistryUnauthorizedException refused ->
                "docker login " + refused.getImageReference().replaceFirst("/.*", "")
                        + " leaves credentials where they are looked for.";
            default -> "";
        };
        return new CommandException(
                ExitCode.FAILED, "function " + code.name() + ": its image cannot be made: " + message(failure), remedy);
    }

    private static String message(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && (cause instanceof ExecutionException || cause.getMessage() == null)) {
            cause = cause.getCause();
        }
        return cause == null ? failure.toString() : String.valueOf(cause.getMessage());
    }
}
