package dev.ruststack.operator.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * DynamoDB Local beside the emulator, as a native sidecar: it ends after the emulator, so that the last writes succeed.
 * Without a startup probe it counts as started at once, so that both JVMs start side by side; the emulator's readiness
 * waits for it. AWS: DynamoDB Developer Guide, DynamoDB local usage notes.
 */
final class DynamoDbContainer {
    static final String ENDPOINT = "http://127.0.0.1:8000";

    private static final String HOME = "/home/dynamodblocal";
    private static final String DATA = "/var/lib/dynamodb";
    private static final String TEMPORARY = "dynamodb-tmp";

    /** The image's own user, which owns the jar. */
    private static final long USER = 1000;

    private DynamoDbContainer() {}

    static Container of(Stack stack, Platform platform) {
        var spec = stack.spec().dynamodb();
        var needs = Needs.ofDynamoDb(spec.resources());
        var security = PodParts.restricted();
        if (PodParts.choosesUser(stack, platform)) {
            security.setRunAsUser(USER);
            security.setRunAsGroup(USER);
        }
        return PodParts.container(
                        "dynamodb", spec.image() == null ? platform.images().dynamodb() : spec.image(), platform)
                .withRestartPolicy("Always")
                .withWorkingDir(HOME)
                .withCommand(command(stack, Needs.dynamoDbHeap(needs)))
                .withResources(needs)
                .withSecurityContext(security)
                .withVolumeMounts(mounts(stack))
                .build();
    }

    /** The volume that only this container uses. */
    static Volume volume() {
        return new VolumeBuilder()
                .withName(TEMPORARY)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static List<String> command(Stack stack, long heap) {
        var command = new ArrayList<>(List.of(
                "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap + "m",
                "-Djava.library.path=./DynamoDBLocal_lib",
                "-jar",
                "DynamoDBLocal.jar",
                "-disableTelemetry"));
        command.addAll(VolumeClaim.isWanted(stack) ? List.of("-dbPath", DATA) : List.of("-inMemory"));
        command.addAll(List.of("-port", "8000"));
        return command;
    }

    private static List<VolumeMount> mounts(Stack stack) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(new VolumeMountBuilder()
                .withName(TEMPORARY)
                .withMountPath("/tmp")
                .build());
        if (VolumeClaim.isWanted(stack)) {
            mounts.add(new VolumeMountBuilder()
                    .withName(EmulatorPod.DATA)
                    .withMountPath(DATA)
                    .withSubPath("dynamodb")
                    .build());
        }
        return mounts;
    }
}
