package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of a function in requests and answers. No registry is asked: whether there is such an image turns out when
 * a pod pulls it. AWS: Lambda API Reference, FunctionCode and ImageConfig.
 */
final class ImageSource {
    private static final String DIGEST = "@sha256:";

    private ImageSource() {}

    /** How the image is started, in requests and in answers. */
    record ImageConfig(
            @Nullable List<String> entryPoint,
            @Nullable List<String> command,
            @Nullable String workingDirectory) {
        /** As answers have it; null where the image decides everything. */
        static @Nullable ImageConfig of(Image image) {
            boolean none =
                    image.entryPoint().isEmpty() && image.command().isEmpty() && image.workingDirectory() == null;
            return none
                    ? null
                    : new ImageConfig(
                            image.entryPoint().isEmpty() ? null : image.entryPoint(),
                            image.command().isEmpty() ? null : image.command(),
                            image.workingDirectory());
        }
    }

    static Image image(String uri, @Nullable ImageConfig config) {
        if (config == null) {
            return new Image(uri, List.of(), List.of(), null);
        }
        var directory = config.workingDirectory();
        return new Image(
                uri,
                config.entryPoint() == null ? List.of() : config.entryPoint(),
                config.command() == null ? List.of() : config.command(),
                directory == null || directory.isEmpty() ? null : directory);
    }

    /** The same image, started in another way where the request says so. */
    static Image restarted(Image image, ImageConfig config) {
        return image(image.uri(), config);
    }

    /** What stands for the code: the digest where the URI has it, else one of the URI. */
    static Code code(String uri) {
        int digest = uri.indexOf(DIGEST);
        return Code.ofImage(digest < 0 ? sha256(uri) : uri.substring(digest + DIGEST.length()));
    }

    /** The image as a registry would resolve it. */
    static String resolved(Image image, Code code) {
        int digest = image.uri().indexOf('@');
        var name = digest < 0 ? image.uri() : image.uri().substring(0, digest);
        int tag = name.indexOf(':', name.lastIndexOf('/') + 1);
        return (tag < 0 ? name : name.substring(0, tag)) + DIGEST + code.sha256();
    }

    /** Hexadecimal. */
    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static RuntimeException invalid(String text) {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(text);
    }
}
