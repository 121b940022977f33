package dev.ruststack.emulator.lambda.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a process as Linux accounts for it. AWS: Max Memory Used of the REPORT line. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** The peak resident memory of a process and its living descendants, in bytes; 0 where there is no /proc. */
    static long peak(long pid) {
        var process = Path.of("/proc", Long.toString(pid));
        long peak = peakOf(process);
        for (var child :
                words(process.resolve("task").resolve(Long.toString(pid)).resolve("children"))) {
            if (!child.isEmpty()) {
                peak += peak(Long.parseLong(child));
            }
        }
        return peak;
    }

    /**
     * What a process and its living descendants hold for themselves alone, in bytes: files that are mapped, such as
     * libraries, are not counted. 0 where there is no /proc.
     */
    static long held(long pid) {
        var process = Path.of("/proc", Long.toString(pid));
        var status = read(process.resolve("status"));
        long held = kilobytes(status, "RssAnon:") + kilobytes(status, "RssShmem:");
        for (var child :
                words(process.resolve("task").resolve(Long.toString(pid)).resolve("children"))) {
            if (!child.isEmpty()) {
                held += held(Long.parseLong(child));
            }
        }
        return held;
    }

    private static long peakOf(Path process) {
        return kilobytes(read(process.resolve("status")), "VmHWM:");
    }

    /** Bytes. */
    private static long kilobytes(String status, String name) {
        int start = status.indexOf(name);
        int end = status.indexOf(" kB", start);
        return start < 0 || end < 0
                ? 0
                : 1024
                        * Long.parseLong(
                                status.substring(start + name.length(), end).strip());
    }

    private static String[] words(Path file) {
        return read(file).strip().split(" ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // The process has gone, or this is no Linux.
            return "";
        }
    }
}
