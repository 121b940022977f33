package dev.ruststack.emulator.s3;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * How S3 is set up.
 *
 * @param dataDirectory where the bytes of objects are kept; a directory that is S3's alone
 * @param hosts the names the stack is reached by, without ports: a bucket may stand in front of each
 * @param persistent whether buckets and objects outlive the process
 * @param memoryBudget how many bytes of small objects are kept in memory instead of in files, where they are not persistent
 * @param clock the time of creations, changes and conditions
 */
public record S3Settings(Path dataDirectory, boolean persistent, List<String> hosts, long memoryBudget, Clock clock) {
    /** The hosts of a stack on one machine. */
    public static final List<String> LOCAL_HOSTS = List.of("localhost", "s3.localhost");

    /** The memory budget where nothing else is said: 64 MiB. */
    public static final long DEFAULT_MEMORY_BUDGET = 64L << 20;

    public S3Settings {
        hosts = List.copyOf(hosts);
        if (memoryBudget < 0) {
            throw new IllegalArgumentException("memoryBudget " + memoryBudget);
        }
    }

    /** A stack on one machine, keeping its bytes in this directory. */
    public static S3Settings local(Path dataDirectory) {
        return new S3Settings(dataDirectory, false, LOCAL_HOSTS, DEFAULT_MEMORY_BUDGET, Clock.systemUTC());
    }
}
