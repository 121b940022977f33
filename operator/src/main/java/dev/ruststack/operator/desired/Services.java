package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.TreeMap;

/** The stack's Services. */
final class Services {
    private Services() {}

    /** For applications: AWS and the HTTP front. */
    static Service aws(Stack stack) {
        var exposure = stack.spec().exposure().service();
        var metadata = Meta.of(stack, Names.of(stack), Names.EMULATOR);
        metadata.setAnnotations(new TreeMap<>(exposure.annotations()));
        return new ServiceBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withType(exposure.type())
                .withSelector(Meta.selector(stack, Names.EMULATOR))
                .withPorts(port("aws", Names.AWS_PORT), port("http", Names.FRONT_PORT))
                .endSpec()
                .build();
    }

    /** For runners, which connect while the emulator is still seeding. */
    static Service runtime(Stack stack) {
        return new ServiceBuilder()
                .withMetadata(Meta.of(stack, Names.runtimeService(stack), Names.EMULATOR))
                .withNewSpec()
                .withType("ClusterIP")
                .withPublishNotReadyAddresses(true)
                .withSelector(Meta.selector(stack, Names.EMULATOR))
                .withPorts(port("runtime", Names.RUNTIME_PORT))
                .endSpec()
                .build();
    }

    private static ServicePort port(String name, int number) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number)
                .withTargetPort(new IntOrString(name))
                .withProtocol("TCP")
                .build();
    }
}
