package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.FunctionConfiguration.UpdateStatus;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the next revision of a {@link FunctionConfiguration} from the one before. */
public final class FunctionConfigurationBuilder {
    private final FunctionConfiguration before;
    private String version;
    private String runtime;
    private String handler;
    private String role;
    private String description;
    private int memorySize;
    private int timeout;
    private int ephemeralStorage;
    private Map<String, String> environment;
    private List<String> architectures;
    private Code code;
    private @Nullable Image image;
    private FunctionLayers layers;
    private ServiceSettings services;
    private State state;
    private @Nullable UpdateStatus lastUpdate;
    private Instant lastModified;
    private String revisionId;

    FunctionConfigurationBuilder(FunctionConfiguration before) {
        this.before = before;
        this.version = before.version();
        this.runtime = before.runtime();
        this.handler = before.handler();
        this.role = before.role();
        this.description = before.description();
        this.memorySize = before.memorySize();
        this.timeout = before.timeout();
        this.ephemeralStorage = before.ephemeralStorage();
        this.environment = before.environment();
        this.architectures = before.architectures();
        this.code = before.code();
        this.image = before.image();
        this.layers = before.layers();
        this.services = before.services();
        this.state = before.state();
        this.lastUpdate = before.lastUpdate();
        this.lastModified = before.lastModified();
        this.revisionId = before.revisionId();
    }

    /** Takes over what the settings say; what they leave out stays. */
    public FunctionConfigurationBuilder settings(FunctionSettings settings) {
        runtime = or(settings.runtime(), runtime);
        handler = or(settings.handler(), handler);
        role = or(settings.role(), role);
        description = or(settings.description(), description);
        memorySize = or(settings.memorySize(), memorySize);
        timeout = or(settings.timeout(), timeout);
        ephemeralStorage = or(settings.ephemeralStorage(), ephemeralStorage);
        environment = or(settings.environment(), environment);
        architectures = or(settings.architectures(), architectures);
        layers = or(settings.layers(), layers);
        services = settings.services().over(services);
        image = settings.image() == null ? image : settings.image();
        return this;
    }

    private static <T> T or(@Nullable T given, T current) {
        return given == null ? current : given;
    }

    public FunctionConfigurationBuilder version(String newVersion) {
        version = newVersion;
        return this;
    }

    public FunctionConfigurationBuilder description(String newDescription) {
        description = newDescription;
        return this;
    }

    public FunctionConfigurationBuilder code(Code newCode) {
        code = newCode;
        return this;
    }

    FunctionConfigurationBuilder layers(FunctionLayers newLayers) {
        layers = newLayers;
        return this;
    }

    public FunctionConfigurationBuilder image(@Nullable Image newImage) {
        image = newImage;
        return this;
    }

    public FunctionConfigurationBuilder state(State newState) {
        state = newState;
        return this;
    }

    public FunctionConfigurationBuilder lastUpdate(@Nullable UpdateStatus newLastUpdate) {
        lastUpdate = newLastUpdate;
        return this;
    }

    public FunctionConfigurationBuilder lastModified(Instant newLastModified) {
        lastModified = newLastModified;
        return this;
    }

    public FunctionConfigurationBuilder revisionId(String newRevisionId) {
        revisionId = newRevisionId;
        return this;
    }

    public FunctionConfiguration build() {
        return new FunctionConfiguration(
                before.name(),
                before.arn(),
                version,
                runtime,
                handler,
                role,
                description,
                memorySize,
                timeout,
                ephemeralStorage,
                environment,
                architectures,
                code,
                image,
                layers,
                services,
                state,
                lastUpdate,
                lastModified,
                revisionId);
    }
}
