package dev.ruststack.emulator.seed;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.SeedPolicy;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LayerSpec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Seeds layers, then the functions that have them, then what functions have of one another. */
final class LambdaSeeding {
    private final Seeder.Target target;

    /** What was seeded last: the versions of layers and the digests of packages, by name. */
    private final Map<String, String> layers = new ConcurrentHashMap<>();

    private final Map<String, String> packages = new ConcurrentHashMap<>();

    LambdaSeeding(Seeder.Target target) {
        this.target = target;
    }

    void layers(SeedRun.Declared<LayerSpec> declared, SeedSources sources, SeedRun run) throws InterruptedException {
        var seeder = new LayerSeeder(
                new Calls(target.lambda()), new Calls(target.s3()), new FunctionSources(sources), layers);
        run.all(run.each(declared, seeder::seed, seeder::look));
    }

    void functions(SeedRun.Declared<FunctionSpec> declared, RustStackSpec spec, SeedSources sources, SeedRun run)
            throws InterruptedException {
        var seeder = functions(spec, sources);
        run.all(
                run.each(declared.where(function -> !seeder.hasSettings(function)), seeder::seed, seeder::look),
                run.begin(declared.where(seeder::hasSettings), seeder::seed, seeder::look));
        run.all(run.finish(declared, seeder::finish));
    }

    /** The first declared field that a function does not have any more; null where there is none. */
    @Nullable
    String changed(FunctionSpec function, RustStackSpec spec, SeedSources sources) throws SeedException, IOException {
        return functions(spec, sources).changed(function);
    }

    /** Whether the version of a layer that was seeded is still there. */
    boolean hasLayer(String name) throws IOException {
        var version = layers.get(name);
        if (version == null) {
            return true;
        }
        var number = version.substring(version.lastIndexOf(':') + 1);
        var path = "/2018-10-31/layers/" + name + "/versions/" + number;
        return new Calls(target.lambda()).call("GET", path).status() != 404;
    }

    private FunctionSeeder functions(RustStackSpec spec, SeedSources sources) {
        var dynamoDb = target.dynamoDb() == null ? null : new Calls(target.dynamoDb());
        var place = new LambdaPlace(new Calls(target.lambda()), dynamoDb, target.region(), target.accountId());
        var request = new FunctionRequest(
                place,
                new FunctionSources(sources),
                spec.lambda().defaults(),
                layers,
                spec.seedPolicy().mode().equals(SeedPolicy.EXACT));
        return new FunctionSeeder(request, this::warm, packages);
    }

    private @Nullable StartFailure warm(String functionName, int minRunners) throws InterruptedException {
        var failed = target.warmer().warm(functionName, minRunners);
        return failed == null ? null : StartFailure.read(failed.payload());
    }
}
