package dev.ruststack.cli.docker;

import dev.ruststack.cli.docker.ImagePulls.Wanted;
import dev.ruststack.crds.LambdaSpec;
import dev.ruststack.crds.RuntimeImage;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.function.BaseImages;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.emulator.Emulator;
import dev.ruststack.emulator.lambda.sandbox.RunnerApi;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of one stack in containers: from the engine that was found to the last container removed. To be closed
 * after the emulator, which ends the functions.
 */
public final class DockerFunctions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerFunctions.class);

    private final DockerEngine engine;
    private final RunnerPrograms programs;
    private final Place place;
    private final EngineAddress address;
    private volatile @Nullable FunctionContainers containers;

    /**
     * Where containers are to be.
     *
     * @param stack the stack's name
     * @param network the engine's network that they are in
     * @param address the address of this machine that they reach; null: to be found out
     * @param bind what the ports are bound to
     */
    public record Place(
            String stack, String network, @Nullable String address, String bind) {}

    private DockerFunctions(DockerEngine engine, Place place) {
        this.engine = engine;
        this.place = place;
        this.programs = RunnerPrograms.locate();
        programs.require(engine.architecture());
        this.address = EngineAddress.of(place.address(), place.bind(), engine.facts(place.network()));
    }

    /**
     * Finds the engine, and removes what killed runs have left there.
     *
     * @throws dev.ruststack.cli.CommandException where functions cannot run in it, with what to do
     */
    public static DockerFunctions connect(Map<String, String> environment, Place place) {
        var engine = DockerEngine.connect(environment);
        try {
            var functions = new DockerFunctions(engine, place);
            Owner.removeLeftovers(engine);
            return functions;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** The address at which the emulator's ports for functions listen; null where that is the one of all. */
    public @Nullable String listen() {
        return address.listen();
    }

    /**
     * Has the images of a declaration, so that no function waits for one. What cannot be had is left to the functions
     * that need it: they say why.
     */
    public void pull(RustStackSpec spec, Consumer<String> progress) throws InterruptedException {
        for (var image : missing(spec)) {
            try {
                engine.pulls().pull(image, progress).get();
            } catch (ExecutionException e) {
                LOG.warn("{}", EngineSocket.deepest(e));
            }
        }
    }

    /** Whether images have to be pulled. */
    public boolean lacksImages(RustStackSpec spec) {
        return !missing(spec).isEmpty();
    }

    private Set<Wanted> missing(RustStackSpec spec) {
        var all = new LinkedHashSet<Wanted>();
        for (var function : spec.functions()) {
            var image = image(spec.lambda(), function);
            if (image != null) {
                boolean arm = function.architectures().contains(FunctionSpec.ARM64);
                all.add(new Wanted(image, arm ? "arm64" : null));
            }
        }
        all.removeIf(engine.pulls()::has);
        return all;
    }

    private static @Nullable String image(LambdaSpec lambda, FunctionSpec function) {
        var runtime = function.runtime();
        var own = function.code().imageUri();
        return own == null && runtime != null ? image(lambda, runtime) : own;
    }

    private static @Nullable String image(LambdaSpec lambda, String runtime) {
        return lambda.images().stream()
                .filter(each -> each.runtime().equals(runtime))
                .map(RuntimeImage::image)
                .findFirst()
                .orElseGet(() -> BaseImages.byRuntime().get(runtime));
    }

    /**
     * Makes containers for what the emulator wants from now on.
     *
     * @param runnerKey the emulator's key for runners
     */
    public void serve(Emulator emulator, LambdaSpec lambda, String runnerKey) {
        var ports = emulator.ports();
        var dial = address.dial();
        boolean reachable = dial.equals(place.bind());
        var setting = new FunctionContainer.Setting(
                Owner.here(place.stack()),
                place.network(),
                dial + ":" + ports.runtime(),
                reachable ? null : "127.0.0.1:" + ports.aws() + "=" + dial + ":" + ports.aws());
        containers = FunctionContainers.start(
                engine,
                new FunctionContainers.Launch(
                        setting, programs, runtime -> image(lambda, runtime), id -> RunnerApi.token(runnerKey, id)),
                emulator.sandboxes());
    }

    @Override
    public void close() {
        // What waits for an image does so no more.
        engine.pulls().close();
        var made = containers;
        if (made != null) {
            made.close();
        }
        engine.close();
    }
}
