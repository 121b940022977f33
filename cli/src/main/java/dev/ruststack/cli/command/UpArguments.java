package dev.ruststack.cli.command;

import dev.ruststack.cli.up.UpOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a stack is reached, by whom, and where its data goes. */
final class UpArguments {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "4566",
            description = "All AWS APIs (default: ${DEFAULT-VALUE}); 0 takes a free port, here and below.")
    private int port;

    @Option(
            names = "--front-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The HTTP front: the routes of the functions (default: ${DEFAULT-VALUE}).")
    private int frontPort;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "4567",
            description = "For the other commands (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(
            names = "--runtime-port",
            paramLabel = "PORT",
            defaultValue = "9001",
            description = "For the functions themselves (default: ${DEFAULT-VALUE}).")
    private int runtimePort;

    @Option(names = "--free-ports", description = "Take a free port for each of the four.")
    private boolean freePorts;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address that the ports are bound to (default: ${DEFAULT-VALUE}); 0.0.0.0 for all.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A further name that clients reach the AWS port under, for BUCKET.NAME; may be repeated.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--enforce-signatures",
            description =
                    "Verify every signature (SigV4) as AWS does, against keys made for this run; env prints them.")
    private boolean enforceSignatures;

    @Option(
            names = "--no-reload",
            description = "Leave functions as they are when the files of their code.path change; otherwise a change is"
                    + " live at the next invocation.")
    private boolean noReload;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the stack's data is put (default: the temporary folder; for Persistent storage"
                    + " .ruststack beside the file).")
    private @Nullable Path data;

    @Option(
            names = "--docker",
            description = "Run functions in containers of the Docker engine, as with spec.lambda.executor: Docker.")
    private boolean docker;

    @Option(
            names = "--docker-network",
            paramLabel = "NETWORK",
            defaultValue = "bridge",
            description = "The engine's network that containers of functions are in (default: ${DEFAULT-VALUE}).")
    private String dockerNetwork = "bridge";

    @Option(
            names = "--container-address",
            paramLabel = "ADDRESS",
            description = "The address of this machine that containers reach, where it cannot be found out: rootless"
                    + " and remote engines. The AWS port listens there too.")
    private @Nullable String containerAddress;

    boolean docker() {
        return docker;
    }

    boolean enforceSignatures() {
        return enforceSignatures;
    }

    String bind() {
        return bind;
    }

    /** Whether only this machine reaches the ports. */
    boolean loopback() {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    UpOptions options() {
        var ports = freePorts
                ? new UpOptions.Ports(0, 0, 0, 0)
                : new UpOptions.Ports(port, frontPort, runtimePort, adminPort);
        return new UpOptions(
                bind,
                ports,
                hosts,
                enforceSignatures,
                !noReload,
                data,
                new UpOptions.Docker(docker, dockerNetwork, containerAddress));
    }
}
