package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionConfiguration.State;
import dev.ruststack.emulator.lambda.FunctionConfiguration.UpdateStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every function of every account and region. Each stands as one immutable configuration that a change replaces as a
 * whole; readers never wait. As on AWS a change is answered before it is done: a new function is Pending and then
 * Active, an update is InProgress and then Successful, each step with a new RevisionId, and while one runs another is
 * refused. Here the second step follows at once. AWS: Lambda Developer Guide, Lambda function states.
 */
public final class Functions {
    private static final Logger LOG = LoggerFactory.getLogger(Functions.class);

    private final CodeArchives archives;
    private final Invoker invoker;
    private final Clock clock;
    private final Executor settling;

    /** Held while a change is decided, noted and made: not while a function runs, and by no reader. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Where changes are noted; null where they need not outlive the process. */
    private @Nullable FunctionLog log;

    /** By ARN, so that those of one account and region stand together. */
    private final ConcurrentSkipListMap<String, StoredFunction> functions = new ConcurrentSkipListMap<>();

    private final ReservedConcurrency reserved = new ReservedConcurrency();
    private volatile boolean clientsDenied;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param invoker runs the functions, and is told when one has changed or gone
     * @param settling runs the second step of a change: a virtual thread for each, but for tests
     */
    public Functions(CodeArchives archives, Invoker invoker, Clock clock, Executor settling) {
        this.archives = archives;
        this.invoker = invoker;
        this.clock = clock;
        this.settling = settling;
    }

    /** Has something run after each change of a function; it must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** The packages of the functions; who adds one hands it to a function or releases it. */
    public CodeArchives archives() {
        return archives;
    }

    /** What the functions have reserved of their accounts' concurrency. */
    public ReservedConcurrency reserved() {
        return reserved;
    }

    /** The function, or null. */
    public @Nullable StoredFunction find(String arn) {
        return functions.get(arn);
    }

    /** What an ARN means, with or without a version or alias; null where there is no such. */
    public @Nullable FunctionConfiguration configuration(String arn) {
        var unqualified = find(arn);
        if (unqualified != null) {
            return unqualified.configuration();
        }
        int end = arn.lastIndexOf(':');
        var function = end < 0 ? null : find(arn.substring(0, end));
        return function == null ? null : function.find(arn.substring(end + 1));
    }

    /** What becomes of an event for a function that was invoked by this ARN, with or without a version or alias. */
    public EventInvokeConfig eventInvoke(String invokedArn) {
        var unqualified = find(invokedArn);
        int end = invokedArn.lastIndexOf(':');
        var function = unqualified == null && end >= 0 ? find(invokedArn.substring(0, end)) : unqualified;
        var qualifier = unqualified == null ? invokedArn.substring(end + 1) : FunctionName.LATEST;
        return function == null
                ? EventInvokeConfig.DEFAULT
                : function.controls().eventInvokes().getOrDefault(qualifier, EventInvokeConfig.DEFAULT);
    }

    /** Whether a function, by its unqualified ARN, may invoke itself in a loop. */
    public boolean mayLoop(String functionArn) {
        var function = find(functionArn);
        return function != null && "Allow".equals(function.controls().recursiveLoop());
    }

    /** The function; {@code ResourceNotFoundException} where there is none, or not that version or alias of it. */
    public StoredFunction require(FunctionName name) {
        var function = functions.get(name.arn());
        if (function == null || function.find(name.qualifier()) == null) {
            throw name.notFound();
        }
        return function;
    }

    /** The version that a name means; {@code ResourceNotFoundException} where there is none. */
    public FunctionConfiguration requireVersion(FunctionName name) {
        var version = require(name).find(name.qualifier());
        if (version == null) {
            throw name.notFound();
        }
        return version;
    }

    /** The function, to be changed: only {@code $LATEST} can be. */
    public FunctionConfiguration requireLatest(FunctionName name) {
        if (!name.latest()) {
            throw name.notFound();
        }
        return require(name).configuration();
    }

    /** The functions of an account and region, by name. */
    public List<StoredFunction> list(String accountId, String region) {
        var prefix = FunctionName.arn(accountId, region, "");
        return List.copyOf(
                functions.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    /** Has clients refused that make functions: there are only those that the emulator makes itself. */
    public void denyClients() {
        clientsDenied = true;
    }

    /** {@code AccessDeniedException} where only the emulator itself may make functions; {@code within}: it does. */
    public void requireMayCreate(boolean within) {
        if (clientsDenied && !within) {
            throw LambdaError.ACCESS_DENIED.saying(
                    "This stack has only the functions that are declared (spec.lambda.runtimeFunctions: Deny).");
        }
    }

    /** {@code ResourceConflictException} where there is such a function. */
    public void requireAbsent(FunctionName name) {
        if (functions.containsKey(name.arn())) {
            throw alreadyExists(name);
        }
    }

    private static AwsException alreadyExists(FunctionName name) {
        return LambdaError.RESOURCE_CONFLICT.saying("Function already exist: " + name.name());
    }

    /** Makes a function of a package that was added for it, and which it then owns; Pending. */
    public FunctionConfiguration create(
            FunctionName name, FunctionSettings settings, Code code, Map<String, String> tags) {
        return create(new StoredFunction(settings.newFunction(name, code, clock.instant()), tags), name)
                .configuration();
    }

    /** Puts a new function there that is Pending. */
    StoredFunction create(StoredFunction pending, FunctionName name) {
        changing.lock();
        try {
            requireAbsent(name);
            put(pending);
        } finally {
            changing.unlock();
        }
        changed();
        settleLater(pending.configuration());
        return pending;
    }

    /** Changes the settings of a function; InProgress. */
    public FunctionConfiguration update(FunctionName name, @Nullable String revisionId, FunctionSettings settings) {
        return replace(name, revisionId, builder -> builder.settings(settings), UnaryOperator.identity())
                .after()
                .configuration();
    }

    /** Gives a function a package that was added for it, and which it then owns, and settings; InProgress. */
    public FunctionConfiguration update(
            FunctionName name, @Nullable String revisionId, Code code, FunctionSettings settings) {
        return update(name, revisionId, builder -> builder.code(code).settings(settings), UnaryOperator.identity())
                .configuration();
    }

    /** Gives a function another package among other things, and does something more in the same step. */
    StoredFunction update(
            FunctionName name,
            @Nullable String revisionId,
            UnaryOperator<FunctionConfigurationBuilder> change,
            UnaryOperator<StoredFunction> more) {
        var replaced = replace(name, revisionId, change, more);
        archives.release(replaced.before().code(), staysFor(replaced.before()));
        return replaced.after();
    }

    private record Replaced(FunctionConfiguration before, StoredFunction after) {}

    private Replaced replace(
            FunctionName name,
            @Nullable String revisionId,
            UnaryOperator<FunctionConfigurationBuilder> change,
            UnaryOperator<StoredFunction> more) {
        var replaced = replaceNow(name, revisionId, change, more);
        var after = replaced.after().configuration();
        invoker.retire(after.arn(), FunctionName.LATEST);
        settleLater(after);
        return replaced;
    }

    private Replaced replaceNow(
            FunctionName name,
            @Nullable String revisionId,
            UnaryOperator<FunctionConfigurationBuilder> change,
            UnaryOperator<StoredFunction> more) {
        changing.lock();
        try {
            requireChangeable(requireLatest(name), revisionId);
            var before = require(name);
            var after = change.apply(before.configuration().toBuilder())
                    .lastUpdate(UpdateStatus.IN_PROGRESS)
                    .lastModified(clock.instant())
                    .revisionId(UUID.randomUUID().toString())
                    .build();
            var function = more.apply(before.with(after));
            put(function);
            return new Replaced(before.configuration(), function);
        } finally {
            changing.unlock();
        }
    }

    /** Throws where a function cannot be changed now, or is not at the revision that the caller knows. */
    public void requireChangeable(FunctionConfiguration function, @Nullable String revisionId) {
        if (revisionId != null && !revisionId.equals(function.revisionId())) {
            throw LambdaError.PRECONDITION_FAILED.error();
        }
        if (function.state().equals(State.PENDING)) {
            throw notNow("The function is currently in the following state: Pending");
        }
        if (UpdateStatus.IN_PROGRESS.equals(function.lastUpdate())) {
            throw notNow("An update is in progress for resource: " + function.arn());
        }
    }

    /** The error of an operation that must wait for another. */
    public static AwsException notNow(String why) {
        return LambdaError.RESOURCE_CONFLICT.saying("The operation cannot be performed at this time. " + why);
    }

    private void settleLater(FunctionConfiguration changed) {
        settling.execute(() -> {
            settle(changed);
            changed();
        });
    }

    private void settle(FunctionConfiguration changed) {
        changing.lock();
        try {
            var current = functions.get(changed.arn());
            // A permission that was added meanwhile has made another revision of the same change.
            if (current != null) {
                restore(current);
            }
        } finally {
            changing.unlock();
        }
    }

    /** Puts a function back, settled: the change that it was in the middle of is done. */
    void restore(StoredFunction function) {
        var configuration = function.configuration();
        var settles = configuration.state().equals(State.PENDING)
                || UpdateStatus.IN_PROGRESS.equals(configuration.lastUpdate());
        var restored = settles ? function.with(settled(configuration)) : function;
        try {
            if (settles && log != null) {
                log.put(restored);
            }
        } catch (AwsException e) {
            LOG.debug("{} settles again at the next start", configuration.arn(), e);
        }
        functions.put(configuration.arn(), restored);
        reserved.note(restored);
    }

    private static FunctionConfiguration settled(FunctionConfiguration changed) {
        return changed.toBuilder()
                .state(State.ACTIVE)
                .lastUpdate(UpdateStatus.SUCCESSFUL)
                .revisionId(UUID.randomUUID().toString())
                .build();
    }

    /** Removes a function; {@code ResourceNotFoundException} where there is none. */
    public void delete(FunctionName name) {
        var removed = remove(name.arn());
        if (removed == null) {
            throw name.notFound();
        }
        afterRemoval(removed);
    }

    private @Nullable StoredFunction remove(String arn) {
        changing.lock();
        try {
            if (log != null && functions.containsKey(arn)) {
                log.removed(arn);
            }
            reserved.forget(arn);
            return functions.remove(arn);
        } finally {
            changing.unlock();
        }
    }

    /** Removes every function. */
    public void clear() {
        for (var arn : functions.keySet()) {
            var removed = remove(arn);
            if (removed != null) {
                afterRemoval(removed);
            }
        }
    }

    private void afterRemoval(StoredFunction removed) {
        changed();
        invoker.retire(removed.configuration().arn());
        removed.configurations().forEach(version -> archives.release(version.code(), staysFor(version)));
        releaseLayers(removed);
    }

    /** An event that failed is retried after one and after two minutes, each time for the timeout at most. */
    static Duration staysFor(FunctionConfiguration function) {
        return Duration.ofMinutes(4).plusSeconds(3L * function.timeout());
    }

    /** Replaces what belongs to a function beside the configuration of {@code $LATEST}, and returns what it is now. */
    public StoredFunction change(FunctionName name, UnaryOperator<StoredFunction> change) {
        StoredFunction after;
        changing.lock();
        try {
            var current = functions.get(name.arn());
            if (current == null) {
                throw name.notFound();
            }
            after = change.apply(current);
            put(after);
        } finally {
            changing.unlock();
        }
        changed();
        return after;
    }

    private void put(StoredFunction function) {
        var before = functions.get(function.configuration().arn());
        boolean sameLayers = before != null && before.hasLayersOf(function);
        if (!sameLayers) {
            retainLayers(function);
        }
        boolean kept = false;
        try {
            if (log != null) {
                log.put(function);
            }
            kept = true;
        } finally {
            if (!sameLayers && (before != null || !kept)) {
                releaseLayers(kept && before != null ? before : function);
            }
        }
        functions.put(function.configuration().arn(), function);
        reserved.note(function);
    }

    private void retainLayers(StoredFunction function) {
        for (var version : function.configurations()) {
            version.layers().layers().forEach(layer -> archives.retain(layer.code()));
        }
    }

    private void releaseLayers(StoredFunction function) {
        for (var version : function.configurations()) {
            version.layers().layers().forEach(layer -> archives.release(layer.code(), staysFor(version)));
        }
    }

    /** Has every change from now on noted before it is made. */
    void keep(FunctionLog changes) {
        log = changes;
    }

    /** Returns once no change is under way that was noted before. */
    void settle() {
        changing.lock();
        try {
            // Whoever held it has made what was noted.
        } finally {
            changing.unlock();
        }
    }

    /** Every function of every account and region. */
    Collection<StoredFunction> all() {
        return Collections.unmodifiableCollection(functions.values());
    }
}
