package dev.ruststack.cli.build;

import java.nio.file.Path;

/** One thing of a folder that is to be packed. Names are relative, with {@code /}; a folder's name ends in one. */
sealed interface SourceEntry {
    String name();

    /** The permission bits, as in {@code 0755}. */
    int mode();

    /** @param sha256 the content's digest when it was hashed, in hexadecimal */
    record File(String name, int mode, Path path, long size, String sha256) implements SourceEntry {}

    record Folder(String name, int mode) implements SourceEntry {}

    /** @param target where it points to, relative to the link's own folder */
    record Link(String name, String target) implements SourceEntry {
        @Override
        public int mode() {
            return 0777;
        }
    }
}
