package dev.ruststack.operator.desired;

import dev.ruststack.crds.cluster.AllowedPeer;
import dev.ruststack.crds.cluster.LabelSelector;
import dev.ruststack.crds.cluster.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may talk to whom. */
final class Policies {
    private Policies() {}

    static List<NetworkPolicy> of(Stack stack, Platform platform) {
        var managed = stack.spec().networkPolicy().mode().equals(NetworkPolicySpec.MANAGED);
        return managed && platform.features().networkPolicy()
                ? List.of(emulator(stack, platform), runners(stack))
                : List.of();
    }

    private static NetworkPolicy emulator(Stack stack, Platform platform) {
        var rules = new ArrayList<NetworkPolicyIngressRule>();
        rules.add(allow(clients(stack), Names.AWS_PORT, Names.FRONT_PORT));
        rules.add(allow(List.of(pods(stack, Names.RUNNER)), Names.RUNTIME_PORT));
        rules.add(operator(platform));
        var exposure = stack.spec().exposure();
        if (!exposure.service().type().equals("ClusterIP")) {
            rules.add(allow(List.of(), Names.AWS_PORT, Names.FRONT_PORT));
        } else if (exposure.ingress() != null || exposure.httpRoute() != null) {
            // Where the controller's pods live is the cluster's business; what they serve is public anyway.
            rules.add(allow(List.of(), Names.FRONT_PORT));
        }
        return new NetworkPolicyBuilder()
                .withMetadata(Meta.of(stack, Names.of(stack), Names.EMULATOR))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Meta.selector(stack, Names.EMULATOR))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .withIngress(rules)
                .endSpec()
                .build();
    }

    /** Functions run code of others: they reach their stack and DNS, and nothing reaches them. */
    private static NetworkPolicy runners(Stack stack) {
        return new NetworkPolicyBuilder()
                .withMetadata(Meta.of(stack, Names.runnersPolicy(stack), Names.RUNNER))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Meta.selector(stack, Names.RUNNER))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withEgress(toEmulator(stack), toDns())
                .endSpec()
                .build();
    }

    private static NetworkPolicyEgressRule toEmulator(Stack stack) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(pods(stack, Names.EMULATOR))
                .withPorts(tcp(Names.AWS_PORT), tcp(Names.FRONT_PORT), tcp(Names.RUNTIME_PORT))
                .build();
    }

    /** To anywhere: DNS may be pods, or an address of the node. */
    private static NetworkPolicyEgressRule toDns() {
        return new NetworkPolicyEgressRuleBuilder()
                .withPorts(port("UDP", 53), port("TCP", 53))
                .build();
    }

    private static List<NetworkPolicyPeer> clients(Stack stack) {
        var peers = new ArrayList<NetworkPolicyPeer>();
        peers.add(new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .endPodSelector()
                .build());
        stack.spec().networkPolicy().allowFrom().forEach(peer -> peers.add(peer(peer)));
        return peers;
    }

    /**
     * The operator, which tries by the AWS port whether the Service leads here. Outside a cluster it has no namespace: then
     * the admin port's token alone protects it.
     */
    private static NetworkPolicyIngressRule operator(Platform platform) {
        var namespace = platform.process().namespace();
        return namespace == null
                ? allow(List.of(), Names.ADMIN_PORT)
                : allow(
                        List.of(new NetworkPolicyPeerBuilder()
                                .withNewNamespaceSelector()
                                .withMatchLabels(Map.of("kubernetes.io/metadata.name", namespace))
                                .endNamespaceSelector()
                                .build()),
                        Names.ADMIN_PORT,
                        Names.AWS_PORT);
    }

    private static NetworkPolicyPeer pods(Stack stack, String component) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(Meta.selector(stack, component))
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPeer peer(AllowedPeer peer) {
        var block = peer.ipBlock();
        if (block != null) {
            return new NetworkPolicyPeerBuilder()
                    .withNewIpBlock()
                    .withCidr(block.cidr())
                    .withExcept(block.except())
                    .endIpBlock()
                    .build();
        }
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(peer.namespaceSelector()))
                .withPodSelector(selector(peer.podSelector()))
                .build();
    }

    private static io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector(@Nullable LabelSelector selector) {
        return selector == null
                ? null
                : new LabelSelectorBuilder()
                        .withMatchLabels(selector.matchLabels())
                        .build();
    }

    /** From everywhere where there are no peers. */
    private static NetworkPolicyIngressRule allow(List<NetworkPolicyPeer> peers, int... ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(peers)
                .withPorts(Arrays.stream(ports).mapToObj(Policies::tcp).toList())
                .build();
    }

    private static NetworkPolicyPort tcp(int number) {
        return port("TCP", number);
    }

    private static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }
}
