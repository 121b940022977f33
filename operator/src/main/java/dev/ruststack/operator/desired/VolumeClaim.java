package dev.ruststack.operator.desired;

import dev.ruststack.crds.Storage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;

/** The volume of a stack whose state outlives its pod. */
final class VolumeClaim {
    private VolumeClaim() {}

    static boolean isWanted(Stack stack) {
        return stack.spec().storage().type().equals(Storage.PERSISTENT);
    }

    static Optional<PersistentVolumeClaim> of(Stack stack) {
        if (!isWanted(stack)) {
            return Optional.empty();
        }
        var storage = stack.spec().storage();
        var name = Names.volumeClaim(stack);
        var retained = storage.reclaimPolicy().equals(Storage.RETAIN);
        return Optional.of(new PersistentVolumeClaimBuilder()
                .withMetadata(
                        retained
                                ? Meta.withoutOwner(stack, name, Names.EMULATOR)
                                : Meta.of(stack, name, Names.EMULATOR))
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storage.storageClassName())
                .withNewResources()
                .withRequests(Map.of("storage", Quantity.parse(storage.size())))
                .endResources()
                .endSpec()
                .build());
    }
}
