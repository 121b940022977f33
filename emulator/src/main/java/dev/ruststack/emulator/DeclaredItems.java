package dev.ruststack.emulator;

import dev.ruststack.emulator.seed.Seeder;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares what is there with what was declared last. */
record DeclaredItems(Seeder seeder, Supplier<Emulator.@Nullable Declaration> declared) implements DriftWatch.Settings {
    @Override
    public @Nullable String ofBucket(String name) throws IOException {
        var last = declared.get();
        if (last != null) {
            for (var bucket : last.spec().buckets()) {
                if (bucket.name().equals(name)) {
                    return seeder.changed(bucket);
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable String ofFunction(String name) throws IOException {
        var last = declared.get();
        if (last != null) {
            for (var function : last.spec().functions()) {
                if (function.name().equals(name)) {
                    return seeder.changed(function, last.spec(), last.sources());
                }
            }
        }
        return null;
    }

    @Override
    public boolean hasLayer(String name) throws IOException {
        return seeder.hasLayer(name);
    }
}
