package dev.ruststack.cli.up;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.ruststack.cli.build.FunctionSource;
import dev.ruststack.cli.build.SourceFolders;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of functions whose source has changed: once at the first change, and once when there has been quiet for a moment,
 * since editors and tools write in several steps.
 */
final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final long QUIET_MILLISECONDS = 40;

    /** Of a source that never comes to rest. */
    private static final long LONGEST_UNREST_MILLISECONDS = 1_000;

    private final WatchService service;
    private final Listener listener;

    /** What is watched, and whose it is. A folder may be the source of several functions. */
    private final Map<WatchKey, Watched> watched = new HashMap<>();

    private final Thread thread = Thread.ofVirtual().name("source-watch").unstarted(this::run);

    /** Hears of functions by their names, on the watch's thread. */
    interface Listener {
        void changing(String function);

        void changed(String function) throws InterruptedException;
    }

    private record Watched(Path folder, Set<FunctionSource> sources) {}

    private SourceWatch(WatchService service, Listener listener) {
        this.service = service;
        this.listener = listener;
    }

    /** Begins to watch. A source that cannot be watched is named in the log, and left out. */
    static SourceWatch start(Collection<FunctionSource> sources, Listener listener) throws IOException {
        var watch = new SourceWatch(FileSystems.getDefault().newWatchService(), listener);
        for (var source : sources) {
            watch.register(source);
        }
        watch.thread.start();
        return watch;
    }

    private void register(FunctionSource source) {
        try {
            if (Files.isDirectory(source.code())) {
                for (var folder : SourceFolders.of(source.code())) {
                    register(folder, source);
                }
            } else {
                register(source.code().resolveSibling(""), source);
            }
        } catch (IOException e) {
            LOG.warn("Changes of {} are not noticed: {}", source.code(), e.toString());
        }
    }

    private void register(Path folder, FunctionSource source) throws IOException {
        var key = folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        watched.computeIfAbsent(key, _ -> new Watched(folder, new HashSet<>()))
                .sources
                .add(source);
    }

    private void run() {
        try {
            while (true) {
                var changed = new HashSet<FunctionSource>();
                note(service.take(), changed);
                long began = System.nanoTime();
                for (var key = quiet(); key != null; key = quiet()) {
                    note(key, changed);
                    if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(LONGEST_UNREST_MILLISECONDS)) {
                        break;
                    }
                }
                for (var source : changed) {
                    register(source);
                    listener.changed(source.name());
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // The stack is stopping.
        }
    }

    private WatchKey quiet() throws InterruptedException {
        return service.poll(QUIET_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private void note(WatchKey key, Set<FunctionSource> changed) {
        var events = key.pollEvents();
        var here = watched.get(key);
        if (here != null) {
            for (var source : here.sources) {
                if (events.stream().anyMatch(event -> concerns(event, here.folder, source)) && changed.add(source)) {
                    listener.changing(source.name());
                }
            }
        }
        if (!key.reset()) {
            watched.remove(key);
        }
    }

    private static boolean concerns(WatchEvent<?> event, Path folder, FunctionSource source) {
        // Without a name some events were lost.
        if (!(event.context() instanceof Path name)) {
            return true;
        }
        var path = folder.resolve(name);
        return Files.isDirectory(source.code()) ? !SourceFolders.isLeftOut(path) : path.equals(source.code());
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        service.close();
    }
}
