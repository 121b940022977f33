package dev.ruststack.emulator.httpfront;

import org.jspecify.annotations.Nullable;

/** The APIs that clients have made and deployed. */
@FunctionalInterface
public interface DeployedApis {
    /** None. */
    DeployedApis NONE = (apiId, rawPath) -> null;

    /**
     * What answers a request to the host of an API.
     *
     * @param rawPath as sent, usually starting with the stage
     * @return null where there is no such API, or no such stage of it
     */
    @Nullable
    Found find(String apiId, String rawPath);

    /** @param path the rest of the path, without the stage; starts with a slash */
    record Found(Served served, String path) {}
}
