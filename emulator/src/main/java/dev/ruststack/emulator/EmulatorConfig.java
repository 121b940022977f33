package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set of an emulator.
 *
 * @param bindAddress the address every port is bound to
 * @param awsPort all AWS APIs; 0 takes a free port, here and below
 * @param frontPort the HTTP front: the routes of the functions at {@code /}
 * @param runtimePort the Lambda Runtime API, for the functions only
 * @param adminPort the admin API, with the token
 * @param region the region of what is seeded and of requests that name none
 * @param accountId the account of what is seeded and of every access key that is not itself an account id
 * @param accessKeyId the stack's access key
 * @param secretAccessKey its secret
 * @param signatures whether signatures are verified
 * @param hosts host names under which the AWS port is reached, each also as {@code bucket.host}
 * @param dataDirectory objects, function code and sandboxes; removed on close where {@code ownsData}
 * @param dynamodb where DynamoDB Local listens; null where the stack has none
 * @param adminToken what the admin port asks for as a bearer token
 * @param certificate a PEM chain for TLS; null for a self-signed one made on demand
 * @param certificateKey its PKCS#8 key; given exactly where {@code certificate} is
 * @param maxRunners the most execution environments at a time, over all functions
 * @param idleSeconds how long an idle execution environment is kept
 */
public record EmulatorConfig(
        String bindAddress,
        int awsPort,
        int frontPort,
        int runtimePort,
        int adminPort,
        String region,
        String accountId,
        String accessKeyId,
        String secretAccessKey,
        Mode signatures,
        List<String> hosts,
        Path dataDirectory,
        boolean ownsData,
        @Nullable URI dynamodb,
        String adminToken,
        @Nullable Path certificate,
        @Nullable Path certificateKey,
        int maxRunners,
        int idleSeconds) {
    public EmulatorConfig {
        hosts = List.copyOf(hosts);
        if ((certificate == null) != (certificateKey == null)) {
            throw new IllegalArgumentException("a certificate and its key go together");
        }
    }
}
