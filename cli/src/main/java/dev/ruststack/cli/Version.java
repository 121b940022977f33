package dev.ruststack.cli;

/** The version of RustStack and of what runs it. */
public record Version(String ruststack, String java, String system) {
    /** That of this process. */
    public static Version current() {
        var built = Version.class.getPackage().getImplementationVersion();
        return new Version(
                built == null ? "(not packaged)" : built,
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
