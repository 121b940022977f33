package dev.ruststack.operator.cluster;

import dev.ruststack.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Function;

/** Stands in for the Deployment controller, the scheduler and the kubelet: every pod runs at once, at one address. */
final class Kubelet implements AutoCloseable {
    private final KubernetesClient client;
    private final Function<Deployment, String> address;
    private final SharedIndexInformer<Deployment> deployments;
    private volatile boolean closed;

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
        while (!closed) {
            try {
                create(deployment);
                observed(deployment);
                run(pod(deployment), deployment);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() == 404) {
                    return;
                }
                pause();
            }
        }
    }

    private PodResource pod(Deployment deployment) {
        var metadata = deployment.getMetadata();
        return client.pods().inNamespace(metadata.getNamespace()).withName(metadata.getName() + "-pod");
    }

    private void create(Deployment deployment) {
        var template = deployment.getSpec().getTemplate();
        if (pod(deployment).get() == null) {
            client.resource(new PodBuilder()
                            .withMetadata(template.getMetadata())
                            .editMetadata()
                            .withName(deployment.getMetadata().getName() + "-pod")
                            .withNamespace(deployment.getMetadata().getNamespace())
                            .endMetadata()
                            .withSpec(template.getSpec())
                            .build())
                    .create();
        }
    }

    private void run(PodResource pod, Deployment deployment) {
        var live = pod.get();
        if (live.getStatus() == null || live.getStatus().getPodIP() == null) {
            var ip = address.apply(deployment);
            pod.editStatus(latest -> running(latest, ip));
        }
    }

    private void observed(Deployment deployment) {
        var generation = deployment.getMetadata().getGeneration();
        var status = deployment.getStatus();
        if (status != null && generation.equals(status.getObservedGeneration())) {
            return;
        }
        client.apps()
                .deployments()
                .inNamespace(deployment.getMetadata().getNamespace())
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

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        closed = true;
        deployments.close();
    }
}
