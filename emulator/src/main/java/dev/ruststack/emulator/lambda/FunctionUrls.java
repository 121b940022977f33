package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.journal.KeptTable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The URLs of functions and aliases. One goes with what it belongs to. Safe for use by several threads. */
public final class FunctionUrls {
    private final Functions functions;

    /** By the ARN of what they belong to. */
    private final KeptTable<FunctionUrl> urls;

    /** Over a table that stays the caller's. */
    public FunctionUrls(Functions functions, KeptTable<FunctionUrl> urls) {
        this.functions = functions;
        this.urls = urls;
        functions.onChange(this::removeOrphans);
    }

    /** Those of functions that are no more: a function of the same name has none. */
    private void removeOrphans() {
        urls.all().keySet().stream()
                .filter(arn -> functions.configuration(arn) == null)
                .forEach(urls::remove);
    }

    /** The URL with this id; null where there is none, or its alias has gone. */
    public @Nullable FunctionUrl byId(String id) {
        return urls.all().values().stream()
                .filter(url -> url.id().equals(id) && functions.configuration(url.functionArn()) != null)
                .findFirst()
                .orElse(null);
    }

    /** The URLs of a function and its aliases, by ARN. */
    public List<FunctionUrl> of(FunctionName function) {
        return urls.startingWith(function.arn()).values().stream()
                .filter(url -> url.isOf(function.arn()) && functions.configuration(url.functionArn()) != null)
                .toList();
    }

    /** Adds one; {@code ResourceConflictException} where there is one already. */
    public void add(FunctionUrl url) {
        urls.change(url.functionArn(), before -> {
            if (before != null) {
                throw LambdaError.RESOURCE_CONFLICT.saying("Failed to create function url config for [functionArn = "
                        + url.functionArn() + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
            }
            return url;
        });
    }

    /** The URL of a function or alias; {@code ResourceNotFoundException} where there is none. */
    public FunctionUrl require(FunctionName name) {
        var url = functions.configuration(name.invokedArn()) == null ? null : urls.get(name.invokedArn());
        if (url == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.error();
        }
        return url;
    }

    /** Replaces one by what a function makes of it. */
    public FunctionUrl change(FunctionName name, UnaryOperator<FunctionUrl> change) {
        require(name);
        var changed = urls.change(name.invokedArn(), before -> {
            if (before == null) {
                throw LambdaError.RESOURCE_NOT_FOUND.error();
            }
            return change.apply(before);
        });
        if (changed == null) {
            throw new IllegalStateException(name.invokedArn());
        }
        return changed;
    }

    /** Removes one; {@code ResourceNotFoundException} where there is none. */
    public void remove(FunctionName name) {
        require(name);
        urls.remove(name.invokedArn());
    }
}
