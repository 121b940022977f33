package dev.ruststack.emulator.lambda;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What running functions depends on.
 *
 * @param region the region functions find in their environment
 * @param endpoint where functions reach the emulator, their {@code AWS_ENDPOINT_URL}
 * @param s3Endpoint where functions reach S3, their {@code AWS_ENDPOINT_URL_S3}; null where that is {@code endpoint}
 * @param accessKeyId the credentials of a function's role
 * @param sessionToken null where the stack's credentials have none
 * @param concurrencyLimit the account's limit of invocations at the same time; beyond it they are throttled
 * @param maxEnvironments the most execution environments at a time, over all functions: what this machine can hold
 * @param patience how long an invocation waits for an environment while there are that many, before it is throttled
 * @param idle how long an environment is kept without an invocation
 * @param initLimit how long the init phase may take before it is repeated within the first invocation
 * @param retryDelays how long after each failure an asynchronous event is tried again
 * @param maxEventAge how long an asynchronous event is kept at most
 * @param debugPorts where debuggers attach
 */
public record LambdaSettings(
        String region,
        URI endpoint,
        @Nullable URI s3Endpoint,
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        int concurrencyLimit,
        int maxEnvironments,
        Duration patience,
        Duration idle,
        Duration initLimit,
        List<Duration> retryDelays,
        Duration maxEventAge,
        Clock clock,
        DebugPorts debugPorts) {
    /** Invocations at a time that an account has in a region, unless AWS gives it more. */
    public static final int ACCOUNT_CONCURRENCY = 1_000;

    public LambdaSettings {
        retryDelays = List.copyOf(retryDelays);
        if (maxEnvironments < 1 || concurrencyLimit < 1) {
            throw new IllegalArgumentException("there must be room for one invocation");
        }
    }

    /** AWS's limits and delays. */
    public static LambdaSettings of(String region, URI endpoint, String accessKeyId, String secretAccessKey) {
        return new LambdaSettings(
                region,
                endpoint,
                null,
                accessKeyId,
                secretAccessKey,
                null,
                ACCOUNT_CONCURRENCY,
                10,
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)),
                Duration.ofHours(6),
                Clock.systemUTC(),
                new DebugPorts());
    }

    public LambdaSettings withS3Endpoint(@Nullable URI newEndpoint) {
        return new LambdaSettings(
                region,
                endpoint,
                newEndpoint,
                accessKeyId,
                secretAccessKey,
                sessionToken,
                concurrencyLimit,
                maxEnvironments,
                patience,
                idle,
                initLimit,
                retryDelays,
                maxEventAge,
                clock,
                debugPorts);
    }

    public LambdaSettings withEnvironments(int newMax, Duration newPatience, Duration newIdle) {
        return new LambdaSettings(
                region,
                endpoint,
                s3Endpoint,
                accessKeyId,
                secretAccessKey,
                sessionToken,
                concurrencyLimit,
                newMax,
                newPatience,
                newIdle,
                initLimit,
                retryDelays,
                maxEventAge,
                clock,
                debugPorts);
    }

    public LambdaSettings withConcurrencyLimit(int newLimit) {
        return new LambdaSettings(
                region,
                endpoint,
                s3Endpoint,
                accessKeyId,
                secretAccessKey,
                sessionToken,
                newLimit,
                maxEnvironments,
                patience,
                idle,
                initLimit,
                retryDelays,
                maxEventAge,
                clock,
                debugPorts);
    }

    public LambdaSettings withInitLimit(Duration newLimit) {
        return new LambdaSettings(
                region,
                endpoint,
                s3Endpoint,
                accessKeyId,
                secretAccessKey,
                sessionToken,
                concurrencyLimit,
                maxEnvironments,
                patience,
                idle,
                newLimit,
                retryDelays,
                maxEventAge,
                clock,
                debugPorts);
    }

    public LambdaSettings withRetries(List<Duration> newDelays, Duration newMaxAge) {
        return new LambdaSettings(
                region,
                endpoint,
                s3Endpoint,
                accessKeyId,
                secretAccessKey,
                sessionToken,
                concurrencyLimit,
                maxEnvironments,
                patience,
                idle,
                initLimit,
                newDelays,
                newMaxAge,
                clock,
                debugPorts);
    }
}
