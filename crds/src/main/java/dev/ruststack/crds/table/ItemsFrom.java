package dev.ruststack.crds.table;

import dev.ruststack.crds.KeyReference;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.ExactlyOneOf;
import dev.ruststack.crds.schema.LocalOnly;
import dev.ruststack.crds.schema.Text;
import org.jspecify.annotations.Nullable;

/** Items from elsewhere: a JSON array of objects, or JSON lines, in the table's itemsFormat. */
@Bindable
@ExactlyOneOf({"path", "configMapKeyRef"})
public record ItemsFrom(
        @Description("A file on this machine, relative to the YAML file.")
        @LocalOnly
        @Nullable
        @Text(min = 1, max = 4096)
        String path,

        @Description("A key of a ConfigMap.") @Nullable KeyReference configMapKeyRef) {}
