package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Everything that can be set of an emulator.
 *
 * @param bindAddress the address every port is bound to
 * @param region the region of what is seeded and of requests that name none
 * @param accountId the account of what is seeded and of every access key that is not itself an account id
 * @param signatures whether signatures are verified
 * @param hosts host names under which the AWS port is reached, each also as {@code bucket.host}
 * @param dataDirectory objects, function code and sandboxes
 * @param storage what becomes of the data directory
 * @param dynamodb where DynamoDB Local listens; null where the stack has none
 * @param certificate for TLS; null for a self-signed one made on demand
 * @param seedDirectory where the seed bundle is mounted; null where there is none
 * @param logLevel the least severe messages that are logged
 */
public record EmulatorConfig(
        String bindAddress,
        Ports ports,
        String region,
        String accountId,
        Secrets secrets,
        Mode signatures,
        List<String> hosts,
        Path dataDirectory,
        Storage storage,
        @Nullable URI dynamodb,
        @Nullable Certificate certificate,
        Lambda lambda,
        @Nullable Path seedDirectory,
        Level logLevel) {
    public EmulatorConfig {
        hosts = List.copyOf(hosts);
    }

    /**
     * The ports to bind; 0 takes a free one.
     *
     * @param aws all AWS APIs
     * @param front the HTTP front: the routes of the functions at {@code /}
     * @param runtime the Lambda Runtime API and the runners, for the functions only
     * @param admin the admin API, with the token
     */
    public record Ports(int aws, int front, int runtime, int admin) {}

    /**
     * What is not to be seen by others, and is in no text of this.
     *
     * @param accessKeyId the stack's access key
     * @param secretAccessKey its secret
     * @param adminToken what the admin port asks for as a bearer token
     * @param runnerKey what the tokens of runners are made of; null where functions run in no pods or containers
     */
    public record Secrets(
            String accessKeyId,
            String secretAccessKey,
            String adminToken,
            @Nullable String runnerKey) {
        /** Whether the secret signs for an access key: the stack's own, and each of 12 digits, which names an account. */
        public boolean knows(String key) {
            return key.equals(accessKeyId) || key.matches("\\d{12}");
        }

        @Override
        public String toString() {
            return "Secrets[accessKeyId=" + accessKeyId + "]";
        }
    }

    /** A PEM chain for TLS, and its PKCS#8 key. */
    public record Certificate(Path chain, Path key) {}

    /** What becomes of the data when the emulator ends. */
    public enum Storage {
        /** It is removed. */
        EPHEMERAL,
        /** It is kept, for the next one. */
        PERSISTENT
    }

    /** Where functions run. */
    public enum Executor {
        /** Each execution environment in a pod of its own. */
        PODS,
        /** Each execution environment in a container, which whoever holds the emulator makes. */
        CONTAINERS,
        /** In child processes of the emulator. */
        PROCESS,
        /** Nowhere: functions can be made and not invoked. */
        DISABLED
    }

    /**
     * How functions run.
     *
     * @param runtimeFunctions whether clients may make functions beside the declared ones
     * @param maxRunners the most execution environments at a time, over all functions; 0 for none
     * @param idleSeconds how long an idle execution environment is kept
     * @param endpoint where functions reach the AWS port; null for this machine's own address
     * @param s3Endpoint where they reach S3, in a form that needs no names of buckets in DNS; null for {@code endpoint}
     * @param containerAddress the address of this machine that containers reach, where the ports for functions listen
     *     too; null where they listen there anyway
     */
    public record Lambda(
            Executor executor,
            boolean runtimeFunctions,
            int maxRunners,
            int idleSeconds,
            @Nullable URI endpoint,
            @Nullable URI s3Endpoint,
            @Nullable String containerAddress) {
        /** Functions as processes of this machine, which reach the emulator there. */
        public static Lambda local(int maxRunners, int idleSeconds) {
            return new Lambda(Executor.PROCESS, true, maxRunners, idleSeconds, null, null, null);
        }

        /** Functions in containers, which the holder of the emulator makes. */
        public static Lambda containers(int maxRunners, int idleSeconds, @Nullable String containerAddress) {
            return new Lambda(Executor.CONTAINERS, true, maxRunners, idleSeconds, null, null, containerAddress);
        }

        /** Whether any function can be invoked. */
        public boolean runs() {
            return executor != Executor.DISABLED && maxRunners > 0;
        }
    }
}
