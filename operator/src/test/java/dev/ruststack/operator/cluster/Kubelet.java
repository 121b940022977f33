package dev.ruststack.operator.cluster;

import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Function;

/** Stands in for the Deployment controller, the scheduler and the kubelet: every pod runs at once, at one address. */
final class Kubelet implements AutoCloseable {
    private final KubernetesClient client;
    private final Function<Deployment, String> address;
    private final SharedIndexInformer<Deployment> deployments;

    /** @param address of every emulator pod */
    Kubelet(KubernetesClient client, String address) {
        this(client, deployment -> address);
    }

    /** @param address of a Deployment's pod, asked for when it starts */
    Kubelet(KubernetesClient client, Function<Deployment, String> address) {
        this.client = client;
        this.address = address;
        deployments = client.apps().deployments().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Deployment deployment) {
                Thread.ofVirtual().start(() -> run(deployment));
            }

            @Override
            public void onUpdate(Deployment before, Deployment deployment) {
                onAdd(deployment);
            }

            @Override
            public void onDelete(Deployment deployment, boolean unknown) {}
        });
    }

    private void run(Deployment deployment) {
        try {
            var pod = new PodBuilder()
                    .withMetadata(deployment.getSpec().getTemplate().getMetadata())
                    .editMetadata()
                    .withName(deployment.getMetadata().getName() + "-pod")
                    .withNamespace(deployment.getMetadata().getNamespace())
                    .endMetadata()
                    .withSpec(deployment.getSpec().getTemplate().getSpec())
                    .build();
            var pods = client.pods().inNamespace(pod.getMetadata().getNamespace());
            if (pods.withName(pod.getMetadata().getName()).get() == null) {
                pods.resource(pod).create();
                var ip = address.apply(deployment);
                pods.withName(pod.getMetadata().getName()).editStatus(live -> running(live, ip));
            }
            var generation = deployment.getMetadata().getGeneration();
            var status = deployment.getStatus();
            if (status == null || !generation.equals(status.getObservedGeneration())) {
                client.apps()
                        .deployments()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(deployment.getMetadata().getName())
                        .editStatus(live -> {
                            live.setStatus(new DeploymentStatusBuilder()
                                    .withObservedGeneration(generation)
                                    .withReplicas(1)
                                    .withUpdatedReplicas(1)
                                    .withReadyReplicas(1)
                                    .build());
                            return live;
                        });
            }
        } catch (KubernetesClientException goneOrChanged) {
            // The next event tells.
            return;
        }
    }

    private static Pod running(Pod pod, String address) {
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP(address)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addNewContainerStatus()
                .withName(Names.EMULATOR)
                .withReady(true)
                .withRestartCount(0)
                .withImage("emulator")
                .withImageID("emulator")
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .build());
        return pod;
    }

    @Override
    public void close() {
        deployments.close();
    }
}
