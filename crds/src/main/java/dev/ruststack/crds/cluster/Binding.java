package dev.ruststack.crds.cluster;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** The Secret that holds what an application needs to reach the stack (Service Binding, with AWS's variables). */
@Bindable
public record Binding(
        @Description("Name of the Secret. Empty: the stack's name with -binding.") @Nullable @Text(max = 253)
        String secretName) {
    public static final Binding DEFAULT = new Binding(null);

    public Binding {
        secretName = Absent.emptyAsNull(secretName);
    }
}
