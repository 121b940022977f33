package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a Service that was deleted anew with the address that it had: applications hold on to what their binding said when
 * they started.
 */
final class KeptAddresses {
    private static final Logger log = LoggerFactory.getLogger(KeptAddresses.class);

    /** The API server tells of a Service's end first, and frees its address when its endpoints are gone too. */
    private static final List<Duration> PAUSES = Stream.of(20L, 50L, 100L, 200L, 400L, 800L, 1600L)
            .map(Duration::ofMillis)
            .toList();

    private final Cluster cluster;

    KeptAddresses(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Applies a Service that is not there; with any address where it had none, or another has taken it. */
    HasMetadata apply(Round round, Service service) {
        var address = known(round, service.getMetadata().getName());
        if (address == null) {
            return cluster.apply(service);
        }
        var kept = new ServiceBuilder(service)
                .editSpec()
                .withClusterIP(address)
                .endSpec()
                .build();
        for (var pause : PAUSES) {
            try {
                return cluster.apply(kept);
            } catch (KubernetesClientException e) {
                if (e.getCode() != 422) {
                    throw e;
                }
                log.warn(
                        "The Service {} cannot have its address {} again yet: {}",
                        service.getMetadata().getName(),
                        address,
                        Children.message(e));
            }
            Waiting.during(pause);
        }
        return cluster.apply(service);
    }

    private static @Nullable String known(Round round, String name) {
        var known = round.memory.addresses.get(name);
        var status = round.memory.written;
        if (known != null || status == null || status.endpoints() == null || !name.equals(Names.of(round.stack))) {
            return known;
        }
        return host(status.endpoints().clusterIP());
    }

    /** The address in a URL such as {@code http://[fd00::1]:4566}; null where there is none. */
    private static @Nullable String host(@Nullable String url) {
        try {
            var host = url == null ? null : URI.create(url).getHost();
            return host == null ? null : host.replaceAll("[\\[\\]]", "");
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
