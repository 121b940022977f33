package dev.ruststack.cli.build;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A function ready for CreateFunction.
 *
 * @param zip the zip file; belongs to the cache, or is the user's own: never to be changed or moved
 * @param fromCache whether nothing had to be built
 * @param took how long it took, hashing included
 */
public record BuiltFunction(Path zip, boolean fromCache, Duration took) {}
