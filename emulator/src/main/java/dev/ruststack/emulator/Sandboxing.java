package dev.ruststack.emulator;

import dev.ruststack.crds.FunctionDefaults;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.emulator.lambda.sandbox.SandboxLauncher;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The sandboxes that a declaration will need, known before its functions are made. */
final class Sandboxing {
    private Sandboxing() {}

    /** Those that wait for any function. */
    static List<Sandboxes.Warm> warm(RustStackSpec spec) {
        return spec.lambda().warmPool().stream()
                .map(pool -> new Sandboxes.Warm(pool.runtime(), pool.memorySize(), pool.size()))
                .toList();
    }

    /** Those in which the functions that are still missing initialise: pods start while buckets and tables are seeded. */
    static List<SandboxLauncher.Request> first(RustStackSpec spec, Predicate<String> missing) {
        var defaults = spec.lambda().defaults();
        return spec.functions().stream()
                .filter(function -> missing.test(function.name()))
                .flatMap(function ->
                        Collections.nCopies(Math.max(1, function.minRunners()), request(function, defaults)).stream())
                .toList();
    }

    private static SandboxLauncher.Request request(FunctionSpec function, FunctionDefaults defaults) {
        var image = function.code().imageUri();
        return new SandboxLauncher.Request(
                function.name(),
                image == null ? function.runtime() : null,
                image,
                function.architectures().isEmpty()
                        ? "x86_64"
                        : function.architectures().getFirst(),
                function.memorySize(defaults),
                function.ephemeralStorageSize(),
                function.debugPort());
    }
}
