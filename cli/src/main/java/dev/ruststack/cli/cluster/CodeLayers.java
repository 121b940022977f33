package dev.ruststack.cli.cluster;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a function's image: its dependencies below, which seldom change, and its own code above. The same code
 * gives the same layers, bit for bit: one time stamp, two modes, names in order.
 */
final class CodeLayers {
    /** Where Lambda has a function's code. AWS: Lambda Developer Guide, Container images. */
    private static final String CODE = "/var/task/";

    /** What AWS's base images for own runtimes start, with the handler in _HANDLER. */
    private static final String BOOTSTRAP = "/var/runtime/bootstrap";

    private static final FilePermissions READ = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTE = FilePermissions.fromOctalString("755");

    private CodeLayers() {}

    /** @param folder an empty one, which has to stay until the image is made */
    static List<FileEntriesLayer> of(FunctionCode code, Path folder) throws IOException {
        var dependencies = FileEntriesLayer.builder().setName("dependencies");
        var own = FileEntriesLayer.builder().setName("function");
        for (var file : CodeFiles.unpack(code.zip(), folder).entrySet()) {
            var member = file.getValue();
            boolean isFolder = Files.isDirectory(member.content());
            (isOwn(code, file.getKey()) ? own : dependencies)
                    .addEntry(
                            member.content(),
                            AbsoluteUnixPath.get(CODE + file.getKey()),
                            isFolder || member.executable() ? EXECUTE : READ);
        }
        if (code.bringsItsRuntime()) {
            var bootstrap =
                    Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\nexec " + CODE + "bootstrap \"$@\"\n");
            own.addEntry(bootstrap, AbsoluteUnixPath.get(BOOTSTRAP), EXECUTE);
        }
        var layers = new ArrayList<FileEntriesLayer>();
        for (var layer : List.of(dependencies.build(), own.build())) {
            if (!layer.getEntries().isEmpty()) {
                layers.add(layer);
            }
        }
        return layers;
    }

    /** The zip file does not say what came from where; what is in the folder itself does. */
    private static boolean isOwn(FunctionCode code, String name) {
        return !Files.isDirectory(code.source())
                || Files.exists(code.source().resolve(name), LinkOption.NOFOLLOW_LINKS);
    }
}
