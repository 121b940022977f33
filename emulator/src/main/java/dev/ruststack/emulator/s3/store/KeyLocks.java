package dev.ruststack.emulator.s3.store;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Held from before a change of a key is decided until it is made, so that it is noted in the order it is made in. Changes
 * of two keys wait for each other only where they share a lock.
 */
final class KeyLocks {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    ReentrantLock of(Bucket bucket, String key) {
        return locks[Math.floorMod(31 * bucket.name().hashCode() + key.hashCode(), LOCKS)];
    }
}
