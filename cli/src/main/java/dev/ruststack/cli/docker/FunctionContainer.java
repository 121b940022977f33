package dev.ruststack.cli.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes.SandboxView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The container of one sandbox: the runtime's or the function's own image, unmodified, with the runner in place of its
 * entry point. Its root is read-only, {@code /tmp} is in memory and as large as the function has asked for; the runner
 * starts as root with nothing but what it needs to become an ordinary user.
 */
record FunctionContainer(SandboxView sandbox, String image, Setting setting) {
    static final String RUNNER_FOLDER = "/ruststack";

    private static final String CODE_FOLDER = "/var/task";
    private static final String LAYERS_FOLDER = "/opt";
    private static final String USER = "10001:10001";
    private static final long MEGABYTE = 1 << 20;

    /** MB that a function may hold beyond its memory size, as in a pod: the runner is in there too. */
    private static final long ROOM = 64;

    /** AWS: Lambda Developer Guide, Lambda quotas, execution processes/threads. */
    private static final long PROCESSES = 1024;

    /**
     * What the containers of a stack have in common.
     *
     * @param network the engine's network that they are in
     * @param emulator host and port of the runners' side of the emulator
     * @param forward {@code address=target}: where functions find the AWS port, and where it is; null: where it is
     */
    record Setting(
            Owner owner,
            String network,
            String emulator,
            @Nullable String forward) {}

    /** Known to all, so that it can be removed whatever became of the call that made it. */
    String name() {
        return "ruststack-" + setting.owner().stack() + "-" + sandbox.id();
    }

    /** The architecture in names of platforms; null for the engine's own. */
    @Nullable
    String architecture() {
        return "arm64".equals(sandbox.architecture()) ? "arm64" : null;
    }

    CreateContainerCmd configure(CreateContainerCmd command) {
        if (architecture() != null) {
            command.withPlatform("linux/" + architecture());
        }
        return command.withName(name())
                .withUser("0:0")
                .withEntrypoint(RUNNER_FOLDER + "/runner", "run")
                .withCmd(List.of())
                .withEnv(environment())
                .withLabels(setting.owner().labels(sandbox.id()))
                .withVolumes(volumes())
                .withExposedPorts(
                        debugPorts().stream().map(PortBinding::getExposedPort).toList())
                .withHostConfig(hostConfig());
    }

    private List<String> environment() {
        var environment = new ArrayList<>(List.of(
                "RUSTSTACK_SANDBOX=" + sandbox.id(),
                "RUSTSTACK_EMULATOR=" + setting.emulator(),
                "RUSTSTACK_USER=" + USER,
                "RUSTSTACK_MEMORY=" + (sandbox.memorySize() + ROOM) * MEGABYTE));
        if (setting.forward() != null) {
            environment.add("RUSTSTACK_FORWARD=" + setting.forward());
        }
        return environment;
    }

    /** On the engine's disk, anonymous: they go with the container. */
    private List<Volume> volumes() {
        var volumes = new ArrayList<>(List.of(new Volume(RUNNER_FOLDER)));
        if (sandbox.imageUri() == null) {
            volumes.add(new Volume(CODE_FOLDER));
            volumes.add(new Volume(LAYERS_FOLDER));
        }
        return volumes;
    }

    /** On this machine's loopback only. */
    private List<PortBinding> debugPorts() {
        var port = sandbox.debugPort();
        return port == null
                ? List.of()
                : List.of(new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(port)));
    }

    private HostConfig hostConfig() {
        // The engine counts what is in /tmp as memory; the runner does not, and keeps the function to its size.
        long memory = (sandbox.memorySize() + ROOM + sandbox.ephemeralStorage()) * MEGABYTE;
        var host = HostConfig.newHostConfig()
                .withMemory(memory)
                .withMemorySwap(memory)
                .withPidsLimit(PROCESSES)
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777,size=" + sandbox.ephemeralStorage() + "m"))
                .withCapDrop(Capability.ALL)
                .withCapAdd(Capability.CHOWN, Capability.SETUID, Capability.SETGID)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withNetworkMode(setting.network())
                .withPortBindings(debugPorts())
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "1m", "max-file", "1")));
        return setting.emulator().startsWith(EngineAddress.HOST)
                ? host.withExtraHosts(EngineAddress.HOST + ":host-gateway")
                : host;
    }
}
