package dev.ruststack.crds;

/** What every RustStack YAML begins with. */
public final class Api {
    public static final String GROUP = "ruststack.dev";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = GROUP + "/" + VERSION;
    public static final String KIND = "RustStack";

    private Api() {}
}
