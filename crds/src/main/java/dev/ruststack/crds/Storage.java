package dev.ruststack.crds;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Immutable;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Quantity;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** Where the state lives: with the process, or on a volume that outlives it. */
@Bindable
public record Storage(
        @Description("Ephemeral state ends with the emulator; Persistent state is kept on a volume.")
        @Immutable
        @Default(EPHEMERAL)
        @OneOf({EPHEMERAL, PERSISTENT})
        String type,

        @Description("Size of the volume, or of the space that ephemeral state may take.")
        @Default(DEFAULT_SIZE)
        @Quantity
        String size,

        @Description("Storage class of the volume. Empty: the cluster's default.") @Nullable @Text(max = 253)
        String storageClassName,

        @Description("Delete removes the volume with the stack; Retain keeps it.")
        @Default(DELETE)
        @OneOf({DELETE, RETAIN})
        String reclaimPolicy) {
    public static final String EPHEMERAL = "Ephemeral";
    public static final String PERSISTENT = "Persistent";
    public static final String DELETE = "Delete";
    public static final String RETAIN = "Retain";
    public static final String DEFAULT_SIZE = "1Gi";
    public static final Storage DEFAULT = new Storage(EPHEMERAL, DEFAULT_SIZE, null, DELETE);

    public Storage {
        type = Absent.as(type, EPHEMERAL);
        size = Absent.as(size, DEFAULT_SIZE);
        storageClassName = Absent.emptyAsNull(storageClassName);
        reclaimPolicy = Absent.as(reclaimPolicy, DELETE);
    }
}
