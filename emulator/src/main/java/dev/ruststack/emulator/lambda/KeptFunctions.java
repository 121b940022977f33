package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.journal.Journal;
import dev.ruststack.emulator.journal.Journaled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Functions that outlive the process: every change is in a journal before it is made, and the journal is replayed at the
 * start. Packages stay where they are.
 */
public final class KeptFunctions implements FunctionLog, Journaled, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFunctions.class);

    private final Functions functions;
    private final Path packages;

    /** What the journal tells; empty once it was replayed. */
    private final Map<String, StoredFunction> replayed = new TreeMap<>();

    private @Nullable Journal journal;

    private KeptFunctions(Functions functions) {
        this.functions = functions;
        this.packages = functions.archives().root();
    }

    /**
     * Brings back the functions of the process before, and keeps every change from now on. Packages of no function are
     * removed; a function whose package is gone goes too, which the log tells.
     *
     * @param functions none so far
     * @param directory a directory of the journal's own
     */
    public static KeptFunctions open(Functions functions, Path directory) throws IOException {
        var kept = new KeptFunctions(functions);
        kept.journal = Journal.open(directory, kept);
        try {
            kept.restore();
            return kept;
        } catch (IOException | RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private void restore() throws IOException {
        functions.keep(this);
        for (var function : replayed.values()) {
            var configuration = function.configuration();
            if (restorePackages(function)) {
                functions.restore(function);
            } else {
                LOG.error("The package of {} is gone from {}: the function is lost", configuration.arn(), packages);
                removed(configuration.arn());
            }
        }
        replayed.clear();
        functions.archives().removeOthers();
    }

    private boolean restorePackages(StoredFunction function) throws IOException {
        for (var version : function.configurations()) {
            if (!functions.archives().restore(version.code())) {
                return false;
            }
            for (var layer : version.layers().codes()) {
                if (!functions.archives().restore(layer)) {
                    return false;
                }
            }
            if (!version.layers().none()) {
                functions.archives().together(version.layers().codes());
            }
        }
        return true;
    }

    @Override
    public void put(StoredFunction function) {
        append(FunctionRecord.put(function, packages), false);
    }

    @Override
    public void removed(String arn) {
        append(FunctionRecord.removed(arn), true);
    }

    private void append(FunctionRecord change, boolean freeing) {
        var open = journal;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        try {
            if (freeing) {
                open.appendFreeing(change.json());
            } else {
                open.append(change.json());
            }
        } catch (IOException e) {
            LOG.error("The data directory cannot take a change of {}: free some space", change.arn(), e);
            throw LambdaError.SERVICE.saying(
                    "RustStack cannot keep the change: free space in its data directory and try again.");
        }
    }

    @Override
    public void replay(byte[] json) throws IOException {
        var change = FunctionRecord.parse(json);
        var function = change.restored(packages);
        if (function == null) {
            replayed.remove(change.arn());
        } else {
            replayed.put(change.arn(), function);
        }
    }

    @Override
    public void settle() {
        functions.settle();
    }

    @Override
    public void write(Sink sink) throws IOException {
        for (var function : functions.all()) {
            sink.accept(FunctionRecord.put(function, packages).json());
        }
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
