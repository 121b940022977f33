package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.AwsKeys;
import dev.ruststack.operator.desired.Desired;
import dev.ruststack.operator.desired.InternalTokens;
import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The stack's keys and tokens: read from their Secrets, which are made once and never written again. */
final class Keys {
    private static final Duration RECHECK = Duration.ofSeconds(3);
    private final Cluster cluster;

    Keys(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Fills the memory's keys and tokens; false where they cannot be had, which is a finding then. */
    boolean read(Round round, boolean check) {
        var memory = round.memory;
        if (!check && memory.keys != null && memory.tokens != null) {
            return true;
        }
        memory.tokens = tokens(round);
        memory.keys = round.stack.spec().credentials().secretRef() == null ? generated(round) : given(round);
        return memory.tokens != null && memory.keys != null;
    }

    private @Nullable InternalTokens tokens(Round round) {
        var secret = getOrCreate(
                round, Names.internalSecret(round.stack), Desired.internal(round.stack, InternalTokens.generate()));
        if (secret == null) {
            return null;
        }
        var token = text(secret, InternalTokens.ADMIN_TOKEN);
        var key = text(secret, InternalTokens.RUNNER_KEY);
        if (token == null || key == null) {
            remade(round, secret, "tokens");
            return null;
        }
        return new InternalTokens(token, key);
    }

    private @Nullable AwsKeys generated(Round round) {
        var secret = getOrCreate(
                round, Names.generatedCredentials(round.stack), Desired.credentials(round.stack, AwsKeys.generate()));
        if (secret == null) {
            return null;
        }
        var id = text(secret, AwsKeys.ACCESS_KEY_ID);
        var key = text(secret, AwsKeys.SECRET_ACCESS_KEY);
        if (id == null || key == null) {
            remade(round, secret, "keys");
            return null;
        }
        return new AwsKeys(id, key);
    }

    /** Someone emptied a Secret of ours: it is deleted, and made anew at the next look. */
    private void remade(Round round, Secret secret, String what) {
        cluster.delete(secret);
        round.found(
                Finding.passing("Pending", "the Secret " + secret.getMetadata().getName() + " had lost its " + what));
        round.lookAgainIn(Duration.ofMillis(100));
    }

    private @Nullable AwsKeys given(Round round) {
        var name = Names.credentialsSecret(round.stack);
        var secret = cluster.secret(round.stack.namespace(), name);
        var id = secret == null ? null : text(secret, AwsKeys.ACCESS_KEY_ID);
        var key = secret == null ? null : text(secret, AwsKeys.SECRET_ACCESS_KEY);
        if (id != null && key != null) {
            return new AwsKeys(id, key);
        }
        var lacking = secret == null
                ? "the Secret " + name + " does not exist"
                : "the Secret " + name + " has not both " + AwsKeys.ACCESS_KEY_ID + " and " + AwsKeys.SECRET_ACCESS_KEY;
        round.found(Finding.passing(Finding.INVALID_REFERENCE, "spec.credentials.secretRef: " + lacking));
        round.lookAgainIn(RECHECK);
        return null;
    }

    private @Nullable Secret getOrCreate(Round round, String name, Secret fresh) {
        // Nothing is expected to be there before the first status is.
        var secret = round.memory.written == null ? null : cluster.secret(round.stack.namespace(), name);
        if (secret == null) {
            secret = create(round, name, fresh);
        }
        if (!Children.isOwned(secret, round.stack)) {
            Children.conflict(round, secret);
            return null;
        }
        return secret;
    }

    private Secret create(Round round, String name, Secret fresh) {
        try {
            return cluster.create(fresh);
        } catch (KubernetesClientException e) {
            var there = e.getCode() == 409 ? cluster.secret(round.stack.namespace(), name) : null;
            if (there == null) {
                // It cannot be made, or it was there and is gone again: another try makes it.
                throw e;
            }
            return there;
        }
    }

    private static @Nullable String text(Secret secret, String key) {
        var value = secret.getData() == null ? null : secret.getData().get(key);
        return value == null || value.isEmpty()
                ? null
                : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
