package dev.ruststack.cli.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Docker engine: the few of its calls that functions in containers need. Docker Engine API 1.41 (Docker 20.10) or newer. */
final class DockerEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
    private static final String BRIDGE = "com.docker.network.bridge.name";
    private static final int CONNECTIONS = 256;
    private static final int LOG_LINES = 20;
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);

    private final DockerClient client;
    private final ImagePulls pulls;
    private final Info info;

    private DockerEngine(DockerClient client, Info info, Map<String, String> environment) {
        this.client = client;
        this.info = info;
        this.pulls = new ImagePulls(client, environment);
    }

    /**
     * Connects, and sees that the engine answers and runs Linux containers.
     *
     * @throws CommandException where it does not, with what to do
     */
    static DockerEngine connect(Map<String, String> environment) {
        var address = EngineSocket.find(environment);
        var client = client(address);
        try {
            var info = client.infoCmd().exec();
            if (!"linux".equals(info.getOsType())) {
                throw new CommandException(
                        ExitCode.NOT_STARTED,
                        "the Docker engine at " + address + " runs containers of " + info.getOsType()
                                + "; functions need Linux");
            }
            return new DockerEngine(client, info, environment);
        } catch (CommandException e) {
            closeQuietly(client);
            throw e;
        } catch (RuntimeException e) {
            closeQuietly(client);
            throw EngineSocket.unusable(address, e);
        }
    }

    private static DockerClient client(URI address) {
        // Nothing is taken from variables and files behind the user's back: no context, no properties.
        var config = new DefaultDockerClientConfig.Builder()
                .withProperties(new Properties())
                .withDockerHost(address.toString())
                .withDockerTlsVerify(false)
                .build();
        var http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address)
                .maxConnections(CONNECTIONS)
                .connectionTimeout(Duration.ofSeconds(10))
                .build();
        return DockerClientImpl.getInstance(config, http);
    }

    private static void closeQuietly(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            LOG.debug("Could not close the connection to the Docker engine", e);
        }
    }

    /** The architecture of its containers, as in names of platforms: {@code amd64} or {@code arm64}. */
    String architecture() {
        return switch (String.valueOf(info.getArchitecture())) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default ->
                throw new CommandException(
                        ExitCode.NOT_STARTED,
                        "the Docker engine runs on " + info.getArchitecture() + ", for which there is no runner");
        };
    }

    /** What is known of the way from its containers to this machine. */
    EngineAddress.Engine facts(String network) {
        var system = String.valueOf(info.getOperatingSystem());
        return new EngineAddress.Engine(
                gateway(network), EngineAddress.virtualMachine(system, System.getProperty("os.name")));
    }

    private @Nullable String gateway(String network) {
        try {
            var found = client.inspectNetworkCmd().withNetworkId(network).exec();
            var ipam = found.getIpam();
            var configs = ipam == null || ipam.getConfig() == null ? List.<Network.Ipam.Config>of() : ipam.getConfig();
            var bridge = found.getOptions() == null ? null : found.getOptions().get(BRIDGE);
            return configs.stream()
                    .map(each -> String.valueOf(each.getGateway()).replaceAll("/.*", ""))
                    .filter(each -> each.matches("[0-9.]+"))
                    .findFirst()
                    .orElseGet(() -> bridge == null ? null : EngineAddress.ofBridge(bridge));
        } catch (NotFoundException e) {
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    "the Docker engine has no network " + network,
                    "docker network create " + network + ", or another with --docker-network.");
        }
    }

    DockerClient client() {
        return client;
    }

    ImagePulls pulls() {
        return pulls;
    }

    CreateContainerCmd container(String image) {
        return client.createContainerCmd(image);
    }

    void copy(String container, String path, InputStream tar) {
        client.copyArchiveToContainerCmd(container)
                .withRemotePath(path)
                .withTarInputStream(tar)
                .exec();
    }

    void start(String container) {
        try {
            client.startContainerCmd(container).exec();
        } catch (NotModifiedException e) {
            LOG.debug("Container {} ran already", container);
        }
    }

    /** How a container that has ended did. */
    record End(int code, boolean outOfMemory, String error) {}

    /** Null where it runs, or is gone. */
    @Nullable
    End end(String container) {
        try {
            var state = client.inspectContainerCmd(container).exec().getState();
            if (Boolean.TRUE.equals(state.getRunning())) {
                return null;
            }
            var code = state.getExitCodeLong();
            var error = state.getError();
            return new End(
                    code == null ? 0 : code.intValue(),
                    Boolean.TRUE.equals(state.getOOMKilled()),
                    error == null ? "" : error);
        } catch (NotFoundException e) {
            return null;
        }
    }

    /** The last lines that a container has written. */
    List<String> log(String container) throws InterruptedException {
        var frames = new ConcurrentLinkedQueue<String>();
        var lines = new ResultCallback.Adapter<Frame>() {
            @Override
            public void onNext(Frame frame) {
                frames.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }
        };
        try (var answer = client.logContainerCmd(container)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(LOG_LINES)
                .exec(lines)) {
            boolean _ = answer.awaitCompletion(LOG_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | RuntimeException e) {
            LOG.debug("No log of container {}", container, e);
        }
        return String.join("", frames).lines().toList();
    }

    /** Removes a container with its volumes, whatever it is at; one that is gone is fine. */
    void remove(String container) {
        try {
            client.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            LOG.debug("Container {} is gone already", container);
        } catch (ConflictException e) {
            LOG.debug("Container {} is being removed already", container);
        }
    }

    /** The containers that have a label, those that have ended too. */
    List<Container> labelled(String label) {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(label))
                .exec();
    }

    /** Tells of containers that end, until it is closed or the engine goes. */
    Closeable watchEnds(String label, Consumer<String> ended, Runnable lost) {
        return client.eventsCmd()
                .withEventTypeFilter("container")
                .withEventFilter("die")
                .withLabelFilter(label)
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        var actor = event.getActor();
                        if (actor != null && actor.getId() != null) {
                            ended.accept(actor.getId());
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        super.onError(failure);
                        lost.run();
                    }

                    @Override
                    public void onComplete() {
                        super.onComplete();
                        lost.run();
                    }
                });
    }

    @Override
    public void close() {
        pulls.close();
        closeQuietly(client);
    }
}
