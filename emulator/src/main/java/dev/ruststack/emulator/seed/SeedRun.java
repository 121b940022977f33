package dev.ruststack.emulator.seed;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.SeedPolicy;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.LambdaError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One seeding, as it goes on: what is done of each item, and what came of it. */
final class SeedRun {
    private static final Logger LOG = LoggerFactory.getLogger(SeedRun.class);

    /** The reason of an item that a service does not take as it is declared. */
    static final String REFUSED = "SeedFailed";

    private final SeedProgress progress;
    private final SeedMarks marks;
    private final boolean stopAtFailure;
    private boolean once;
    private final List<SeedItem> items = new ArrayList<>();

    /** Items of which a step is done and another follows, by kind and name. */
    private final Map<List<String>, SeedItem> begun = new ConcurrentHashMap<>();

    SeedRun(RustStackSpec spec, SeedProgress progress, SeedMarks marks) {
        this.progress = progress;
        this.marks = marks;
        this.once = spec.seedPolicy().mode().equals(SeedPolicy.ONCE);
        this.stopAtFailure = spec.seedPolicy().failurePolicy().equals(SeedPolicy.STOP);
    }

    /** Makes items again that are made only once otherwise. */
    SeedRun alsoWhatIsMadeOnce() {
        once = false;
        return this;
    }

    /** Seeds one item, or a part of it. */
    interface Step<T> {
        SeedItem seed(T item) throws SeedException, IOException, InterruptedException;
    }

    /** Names an item. */
    interface Named<T> {
        String name(T item);
    }

    /** Declared items of one kind. */
    record Declared<T>(String kind, List<T> items, Named<T> named) {
        /** Those of them that are such. */
        Declared<T> where(Predicate<T> such) {
            return new Declared<>(kind, items.stream().filter(such).toList(), named);
        }

        /** Those of them that are among some items. */
        Declared<T> among(List<SeedItem> some) {
            var names = some.stream()
                    .filter(item -> item.kind().equals(kind))
                    .map(SeedItem::name)
                    .collect(Collectors.toUnmodifiableSet());
            return where(item -> names.contains(named.name(item)));
        }
    }

    boolean stopped() {
        return stopAtFailure && !items.stream().allMatch(SeedItem::ready);
    }

    /** What came of everything so far. */
    List<SeedItem> items() {
        return items;
    }

    void report(SeedItem item) {
        items.add(item);
        progress.done(item);
    }

    /** What came of an item; null where nothing was done of it, or not all. */
    @Nullable
    SeedItem find(String kind, String name) {
        return items.stream()
                .filter(item -> item.kind().equals(kind) && item.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** What came of the step before of an item that {@link #begin} made. */
    SeedItem begun(String kind, String name) {
        var item = begun.get(List.of(kind, name));
        if (item == null) {
            throw new IllegalStateException(kind + " " + name + " was not begun");
        }
        return item;
    }

    /** Steps that make items; {@code look} is done instead with one that was made before, where each is made only once. */
    <T> List<Callable<@Nullable SeedItem>> each(Declared<T> declared, Step<T> make, Step<T> look) {
        return declared.items.stream()
                .<Callable<@Nullable SeedItem>>map(item -> () -> {
                    var name = declared.named.name(item);
                    boolean made = once && marks.has(declared.kind, name);
                    return told(one(declared.kind, name, item, made ? look : marking(declared, make)));
                })
                .toList();
    }

    /** As {@link #each}, of items that {@link #finish} makes ready. */
    <T> List<Callable<@Nullable SeedItem>> begin(Declared<T> declared, Step<T> make, Step<T> look) {
        return declared.items.stream()
                .<Callable<@Nullable SeedItem>>map(item -> () -> {
                    var name = declared.named.name(item);
                    if (once && marks.has(declared.kind, name)) {
                        return told(one(declared.kind, name, item, look));
                    }
                    var outcome = one(declared.kind, name, item, make);
                    if (!outcome.ready()) {
                        return told(outcome);
                    }
                    begun.put(List.of(declared.kind, name), outcome);
                    return null;
                })
                .toList();
    }

    /** The last steps of what was begun. */
    <T> List<Callable<@Nullable SeedItem>> finish(Declared<T> declared, Step<T> step) {
        var left = declared.among(List.copyOf(begun.values()));
        return left.items.stream()
                .<Callable<@Nullable SeedItem>>map(item -> () -> {
                    var name = declared.named.name(item);
                    return told(outcome(declared.kind, name, item, marking(declared, step)));
                })
                .toList();
    }

    private <T> Step<T> marking(Declared<T> declared, Step<T> make) {
        return item -> {
            var made = make.seed(item);
            marks.add(declared.kind, declared.named.name(item));
            return made;
        };
    }

    private SeedItem told(SeedItem outcome) {
        progress.done(outcome);
        return outcome;
    }

    private <T> SeedItem one(String kind, String name, T item, Step<T> step) throws InterruptedException {
        progress.started(kind, name);
        return outcome(kind, name, item, step);
    }

    private <T> SeedItem outcome(String kind, String name, T item, Step<T> step) throws InterruptedException {
        try {
            return step.seed(item);
        } catch (ReferenceMissingException e) {
            return SeedItem.failed(kind, name, "ReferenceMissing", String.valueOf(e.getMessage()));
        } catch (UnavailableException e) {
            return SeedItem.failed(kind, name, e.reason(), String.valueOf(e.getMessage()));
        } catch (SeedException | IOException e) {
            return SeedItem.failed(kind, name, REFUSED, String.valueOf(e.getMessage()));
        } catch (AwsException e) {
            return SeedItem.failed(kind, name, reason(e), e.code().code() + ": " + e.text());
        } catch (RuntimeException e) {
            LOG.error("{} {} could not be seeded", kind, name, e);
            return SeedItem.failed(kind, name, "InternalError", e.toString());
        }
    }

    private static String reason(AwsException e) {
        if (e.code() == LambdaError.SERVICE) {
            return SeedItem.RUNNER_UNAVAILABLE;
        }
        return Calls.mayPass(e.code().status(), e.code().code()) ? SeedItem.SERVICE_UNAVAILABLE : REFUSED;
    }

    /** Runs steps side by side; a step after a failure is left out where the policy says so. */
    @SafeVarargs
    final void all(List<Callable<@Nullable SeedItem>>... groups) throws InterruptedException {
        if (stopped()) {
            return;
        }
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try (executor) {
            var futures = new ArrayList<Future<@Nullable SeedItem>>();
            for (var group : groups) {
                group.forEach(step -> futures.add(executor.submit(step)));
            }
            try {
                for (var future : futures) {
                    var item = future.get();
                    if (item != null) {
                        items.add(item);
                    }
                }
            } catch (InterruptedException e) {
                executor.shutdownNow();
                throw e;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
