package dev.ruststack.cli.stack;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stack that runs on this machine, as its {@code up} noted it for the other commands. Holds secrets.
 *
 * @param name of the RustStack resource
 * @param pid the process of {@code up}
 * @param processStarted when that process started, in milliseconds since 1970: tells it from a later one with its pid
 * @param started when the stack was started
 * @param file the YAML file
 * @param host the address that its ports are reached at
 */
public record RunningStack(
        String name,
        long pid,
        long processStarted,
        Instant started,
        String file,
        String host,
        Ports ports,
        Credentials credentials,
        String adminToken) {
    /** The ports it has bound. */
    public record Ports(int aws, int front, int runtime, int admin) {}

    /** What a client of the AWS APIs is given. */
    public record Credentials(String region, String accountId, String accessKeyId, String secretAccessKey) {}

    public URI awsEndpoint() {
        return endpoint(ports.aws);
    }

    public URI frontEndpoint() {
        return endpoint(ports.front);
    }

    public URI adminEndpoint() {
        return endpoint(ports.admin);
    }

    /**
     * The variables that point AWS SDKs and the AWS CLI here. The endpoint has an address, not a name: SDKs then write
     * buckets into the path, and no name such as {@code bucket.localhost} has to resolve.
     */
    public Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_ENDPOINT_URL", awsEndpoint().toString());
        variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
        variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
        variables.put("AWS_REGION", credentials.region);
        variables.put("AWS_DEFAULT_REGION", credentials.region);
        variables.put("RUSTSTACK_HTTP_URL", frontEndpoint().toString());
        return variables;
    }

    /** Whether its process still runs. */
    public boolean alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && isItsProcess();
    }

    private boolean isItsProcess() {
        // The system derives the time from its clock, which may have been set since.
        var started = Processes.started(pid);
        return started == 0 || Math.abs(started - processStarted) < 5_000;
    }

    private URI endpoint(int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
