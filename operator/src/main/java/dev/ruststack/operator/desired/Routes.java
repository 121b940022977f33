package dev.ruststack.operator.desired;

import dev.ruststack.crds.cluster.GatewayReference;
import dev.ruststack.crds.cluster.HttpRouteExposure;
import dev.ruststack.crds.cluster.IngressExposure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ways into the HTTP front from outside the cluster. */
final class Routes {
    private Routes() {}

    /** Those that the stack asks for and the platform allows; {@link Validate} says what it does not. */
    static List<HasMetadata> of(Stack stack, Platform platform) {
        var routes = new ArrayList<HasMetadata>();
        var exposure = stack.spec().exposure();
        if (exposure.ingress() != null && platform.features().ingress()) {
            routes.add(ingress(stack, exposure.ingress()));
        }
        if (exposure.httpRoute() != null && platform.features().gatewayApi()) {
            routes.add(httpRoute(stack, exposure.httpRoute()));
        }
        return routes;
    }

    private static Ingress ingress(Stack stack, IngressExposure exposure) {
        var ingress = new IngressBuilder()
                .withMetadata(Meta.of(stack, Names.of(stack), Names.EMULATOR))
                .withNewSpec()
                .withIngressClassName(exposure.className())
                .addNewRule()
                .withHost(exposure.host())
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(Names.of(stack))
                .withNewPort()
                .withName("http")
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule();
        var certificate = exposure.tlsSecretRef();
        if (certificate != null) {
            ingress.addNewTl()
                    .withHosts(exposure.host())
                    .withSecretName(certificate.name())
                    .endTl();
        }
        return ingress.endSpec().build();
    }

    /** Untyped: the Gateway API is no part of Kubernetes, and a cluster may not have it. */
    private static GenericKubernetesResource httpRoute(Stack stack, HttpRouteExposure exposure) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put(
                "parentRefs",
                exposure.parentRefs().stream().map(Routes::gateway).toList());
        if (!exposure.hostnames().isEmpty()) {
            spec.put("hostnames", exposure.hostnames());
        }
        spec.put(
                "rules",
                List.of(Map.of(
                        "backendRefs",
                        List.of(new TreeMap<>(Map.of("name", Names.of(stack), "port", Names.FRONT_PORT))))));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("gateway.networking.k8s.io/v1")
                .withKind("HTTPRoute")
                .withMetadata(Meta.of(stack, Names.of(stack), Names.EMULATOR))
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    private static Map<String, Object> gateway(GatewayReference reference) {
        var gateway = new LinkedHashMap<String, Object>();
        gateway.put("name", reference.name());
        if (reference.namespace() != null) {
            gateway.put("namespace", reference.namespace());
        }
        if (reference.sectionName() != null) {
            gateway.put("sectionName", reference.sectionName());
        }
        return gateway;
    }
}
