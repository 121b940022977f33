package dev.ruststack.operator.reconcile;

import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.desired.Platform;
import dev.ruststack.operator.resource.RawStack;
import dev.ruststack.operator.seed.Reference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where news of stacks comes from: informers of what they are made of, ConfigMaps they name, and their emulators. */
final class Sources implements AutoCloseable {
    private static final String OURS = Names.MANAGED_BY_LABEL + "=" + Names.FIELD_MANAGER;
    private static final String RELOAD = "ruststack.dev/reload=true";

    private final Memories memories;
    private final KubernetesClient metadata;
    private final News news;
    private final List<Class<? extends HasMetadata>> kinds;
    private final Wake wake;
    private final Looks looks;
    private final Watches watches;
    private final ServiceRoutes routes;

    Sources(Memories memories, Platform platform, KubernetesClient metadata) {
        this.memories = memories;
        this.metadata = metadata;
        wake = new Wake(this::gone);
        looks = new Looks(wake::propagateEvent, Looks.SOON);
        watches = new Watches(looks);
        routes = new ServiceRoutes(looks, platform.process().namespace() != null);
        news = new News(memories, looks, watches);
        kinds = new ArrayList<>(List.of(Deployment.class, Service.class, ConfigMap.class, PersistentVolumeClaim.class));
        if (platform.features().networkPolicy()) {
            kinds.add(NetworkPolicy.class);
        }
        if (platform.features().ingress()) {
            kinds.add(Ingress.class);
        }
        if (platform.features().gatewayApi()) {
            kinds.add(HTTPRoute.class);
        }
    }

    /** The kinds of a stack's objects that are watched, but for pods. */
    List<Class<? extends HasMetadata>> kinds() {
        return List.copyOf(kinds);
    }

    /** A look at the stack begins: see {@link Looks#begins}. */
    void lookBegins(ResourceID id) {
        looks.begins(id);
    }

    Watches watches() {
        return watches;
    }

    ServiceRoutes routes() {
        return routes;
    }

    List<EventSource<?, RawStack>> prepare(EventSourceContext<RawStack> context) {
        var sources = new ArrayList<EventSource<?, RawStack>>();
        kinds.forEach(kind -> sources.add(informer(kind, context)));
        sources.add(informer(Pod.class, context));
        sources.add(reload(context));
        sources.add(wake);
        return sources;
    }

    private <R extends HasMetadata> EventSource<?, RawStack> informer(
            Class<R> kind, EventSourceContext<RawStack> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, RawStack.class)
                        .withName(kind.getSimpleName())
                        .withLabelSelector(OURS)
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper(Memories::stackOf)
                        .withOnAddFilter(news::isAddition)
                        .withOnUpdateFilter(news::isChange)
                        .build(),
                context);
    }

    /**
     * ConfigMaps of users, where they say so by a label: a change of one is seeded at once. That they changed is all that
     * is kept of them, not what is in them.
     */
    private EventSource<?, RawStack> reload(EventSourceContext<RawStack> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ConfigMap.class, RawStack.class)
                        .withName("Reload")
                        .withLabelSelector(RELOAD)
                        .withNamespacesInheritedFromController()
                        .withKubernetesClient(metadata)
                        .withSecondaryToPrimaryMapper(this::referring)
                        .build(),
                context);
    }

    private void gone(ResourceID id) {
        memories.forget(id);
        looks.forget(id);
    }

    private Set<ResourceID> referring(ConfigMap map) {
        var metadata = map.getMetadata();
        return memories.contentChanged(
                metadata.getNamespace(), new Reference.Target(Reference.Kind.CONFIG_MAP, metadata.getName()));
    }

    @Override
    public void close() {
        looks.close();
        watches.close();
    }

    /** The way for emulators to be heard; hears itself when a resource is gone. */
    private static final class Wake extends SimpleInboundEventSource<RawStack> implements ResourceEventAware<RawStack> {
        private final Consumer<ResourceID> gone;

        Wake(Consumer<ResourceID> gone) {
            super("Emulators");
            this.gone = gone;
        }

        @Override
        public void onResourceDeleted(RawStack resource) {
            gone.accept(ResourceID.fromResource(resource));
        }
    }
}
